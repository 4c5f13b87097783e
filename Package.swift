// swift-tools-version: 6.2
import PackageDescription

// The house in one line per target. Arrows point down only: App, Features, Rules and Foundations, Values.
// What a helper below does not offer cannot be imported (`bin/test house` builds with the import check on).

let foundations = ["Values", "Storage", "People", "Web"]
let web: [Target.Dependency] = [.hummingbird, .logging, .lifecycle, .httpTypes]

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "touchdown",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "touchdown", targets: ["App"]),
        .library(name: "Routing", targets: ["Routing"]),
        .library(name: "Matching", targets: ["Matching"]),
        .library(name: "Staffing", targets: ["Staffing"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: ["JSON", "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift.git", from: "0.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        foundation("Values"),
        foundation("Storage", on: ["Values", "CPostgreSQL"], with: [.grdb, .nio, .logging, .lifecycle]),
        foundation("People", on: ["Values", "Storage", "CArgon2"], with: [.crypto, .nio]),
        foundation(
            "Web", on: ["Values", "Storage", "People"],
            with: [
                .hummingbird, .hummingbirdCore, .mustache, .logging, .lifecycle, .httpTypes, .nioCore, .nioHTTP,
                .crypto,
            ],
            pages: true),
        foundation("Charts"),
        foundation("BoundedYAML", with: [.yaml]),
        foundation("Tables", on: ["Values", "CZlib", "CZstd"]),
        library("CPostgreSQL", pkgConfig: "libpq", debian: "libpq-dev"),
        library("CArgon2", pkgConfig: "libargon2", debian: "libargon2-dev"),
        library("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
        library("CZstd", pkgConfig: "libzstd", debian: "libzstd-dev"),

        rules("Routing"),
        rules("Matching", on: ["Charts", "BoundedYAML"]),
        rules("Staffing", on: ["Routing", "Charts", "BoundedYAML"]),

        feature("Contacts", rules: ["Routing"]),
        channel("Chat"),
        feature("Staff"),

        app(features: ["Contacts", "Chat", "Staff"]),

        benchmark("DeskBenchmark", with: [.arguments, .histogram, .nioCore, .nio, .nioHTTP]),
        benchmark("RoutingBenchmark", on: ["Routing", "Values"], with: [.histogram]),
        benchmark(
            "MatchingBenchmark", on: ["Matching", "Tables", "Values"], with: [.arguments],
            beside: ["data", "models", "side-by-side"]),
        benchmark(
            "StaffingBenchmark", on: ["Staffing", "Values"], with: [.arguments], beside: ["side-by-side"]),
        benchmark(
            "PlanningBenchmark", on: ["Staffing", "Tables", "Values"], with: [.arguments], beside: ["side-by-side"]),
    ].flatMap(\.self)
)

// MARK: - The kinds of room

/// What every feature stands on.
func foundation(
    _ name: String, on below: [String] = [], with libraries: [Target.Dependency] = [], pages: Bool = false
) -> [Target] {
    [
        .target(
            name: name, dependencies: names(below) + libraries, path: "Sources/Foundations/\(name)",
            resources: pages ? [.copy("Templates"), .copy("Assets")] : [], swiftSettings: strict),
        tests(of: name, in: "Foundations"),
    ]
}

/// A Debian library, seen through its own header.
func library(_ name: String, pkgConfig: String, debian package: String) -> [Target] {
    [
        .systemLibrary(
            name: name, path: "Sources/Foundations/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
    ]
}

/// Pure rules: no web, no database, no clock, no chance. They know `Values`, draw with `Charts`, read models with
/// `BoundedYAML`, and know nothing of each other, but `Staffing`, which simulates with `Routing`.
func rules(_ name: String, on below: [String] = [], with libraries: [Target.Dependency] = []) -> [Target] {
    [
        .target(
            name: name, dependencies: names(["Values"] + below) + libraries, path: "Sources/Rules/\(name)",
            swiftSettings: strict),
        tests(of: name, in: "Rules", also: below),
    ]
}

/// A feature may use every foundation and the rules it names, and never another feature.
func feature(_ name: String, rules: [String] = [], also: [String] = []) -> [Target] {
    [
        .target(
            name: name, dependencies: names(foundations + rules + also) + web, path: "Sources/Features/\(name)",
            resources: [.copy("Templates"), .copy("Assets")], swiftSettings: strict),
        tests(of: name, in: "Features", also: rules + also),
    ]
}

/// A channel through which contacts come: the one kind of feature that imports another, `Contacts`.
func channel(_ name: String) -> [Target] {
    feature(name, also: ["Contacts"])
}

/// The `touchdown` command.
func app(features: [String]) -> [Target] {
    [
        .executableTarget(
            name: "App",
            dependencies: names(foundations + ["Charts", "Tables", "Matching", "Staffing"] + features) + web + [
                .arguments, .configuration, .yaml, .client, .nioCore, .nioHTTP, .signals,
            ],
            path: "Sources/App", swiftSettings: strict),
        .testTarget(
            name: "AppTests",
            dependencies: ["App", "TestKit", .arguments, .yaml] + names(foundations + features) + web,
            path: "Tests/AppTests", swiftSettings: strict),
        .target(
            name: "TestKit", dependencies: names(foundations) + web + [.testing],
            path: "Sources/TestKit", swiftSettings: strict),
    ]
}

/// Measures one thing: `bin/bench` runs it. `beside` names what lies in its folder and is not Swift.
func benchmark(
    _ name: String, on below: [String] = [], with libraries: [Target.Dependency], beside others: [String] = []
) -> [Target] {
    [
        .executableTarget(
            name: name, dependencies: names(below) + libraries, path: "Benchmarks/\(name)", exclude: others,
            swiftSettings: strict)
    ]
}

func tests(of name: String, in folder: String, also: [String] = []) -> Target {
    // Rules, Values, Charts, BoundedYAML and Tables are tested as values alone, so their tests stay light to build.
    let isPure = folder == "Rules" || ["Values", "Charts", "BoundedYAML", "Tables"].contains(name)
    let kit = (isPure ? ["Values"] + also : foundations + also + ["TestKit"]).filter { $0 != name }
    return .testTarget(
        name: "\(name)Tests", dependencies: names([name] + kit) + (isPure ? [] : web),
        path: "Tests/\(folder)/\(name)Tests", swiftSettings: strict)
}

func names(_ targets: [String]) -> [Target.Dependency] {
    targets.map { .byName(name: $0) }
}

// MARK: - The libraries, each with its reason in docs/decisions

extension Target.Dependency {
    static let arguments = Self.product(name: "ArgumentParser", package: "swift-argument-parser")
    static let client = Self.product(name: "AsyncHTTPClient", package: "async-http-client")
    static let configuration = Self.product(name: "Configuration", package: "swift-configuration")
    static let crypto = Self.product(name: "Crypto", package: "swift-crypto")
    static let grdb = Self.product(name: "GRDB", package: "GRDB.swift")
    static let histogram = Self.product(name: "Histogram", package: "hdrhistogram-swift")
    static let httpTypes = Self.product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = Self.product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = Self.product(name: "HummingbirdCore", package: "hummingbird")
    static let lifecycle = Self.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = Self.product(name: "Logging", package: "swift-log")
    static let mustache = Self.product(name: "Mustache", package: "swift-mustache")
    static let nio = Self.product(name: "NIOPosix", package: "swift-nio")
    static let nioHTTP = Self.product(name: "NIOHTTP1", package: "swift-nio")
    static let nioCore = Self.product(name: "NIOCore", package: "swift-nio")
    static let signals = Self.product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let testing = Self.product(name: "HummingbirdTesting", package: "hummingbird")
    static let yaml = Self.product(name: "Yams", package: "Yams")
}
