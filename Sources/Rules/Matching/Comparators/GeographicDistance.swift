#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Kilometres over the ground between two places, each "latitude,longitude" in degrees, on a globe of radius 6371 km.
///
/// By the haversine formula (R. Sinnott, "Virtues of the haversine", 1984), which is exact for near places. The peer
/// takes the arc cosine on the same globe, rounded to single precision: up to some metres off, most where the places
/// are nearest. Nil when a latitude is beyond 90 or a longitude beyond 360 degrees.
enum GeographicDistance {
    static func kilometres(_ a: Text, _ b: Text) -> Double? {
        guard let (north, east) = place(a), let (otherNorth, otherEast) = place(b) else { return nil }
        let radians = Double.pi / 180
        let risen = sin((otherNorth - north) * radians / 2)
        let turned = sin((otherEast - east) * radians / 2)
        let chord = risen * risen + cos(north * radians) * cos(otherNorth * radians) * turned * turned
        return 2 * 6371 * asin(min(1, chord.squareRoot()))
    }

    /// Whether a text is a place.
    static func isPlace(_ text: Text) -> Bool { place(text) != nil }

    private static func place(_ text: Text) -> (latitude: Double, longitude: Double)? {
        guard let comma = text.bytes.firstIndex(of: UInt8(ascii: ",")),
            let latitude = Number.read(Text(start: text.start, count: comma, isASCII: text.isASCII)),
            let longitude = Number.read(
                Text(start: text.start + comma + 1, count: text.count - comma - 1, isASCII: text.isASCII)),
            abs(latitude) <= 90, abs(longitude) <= 360
        else { return nil }
        return (latitude, longitude)
    }
}
