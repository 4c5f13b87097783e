import Matching

/// The calibration that fits judged links, to be written into the model.
struct CalibrationSummary: Encodable {
    let slope, offset: Double
    let brierBefore, brierAfter: Double
    let warnings: [String]

    /// - Throws: Where the links were calibrated already, for then their weights are not what they were judged by; and
    ///   where only matches or no matches were judged.
    init(of judged: JudgedLinks, _ file: LinkFile) throws {
        guard !file.isCalibrated else {
            throw MatchFault(
                "\(file.path) was made by a calibrated model. Take `calibration` out of it, predict, and calibrate anew."
            )
        }
        let fit = try CalibrationFit(to: judged)
        slope = fit.calibration.slope
        offset = fit.calibration.offset
        brierBefore = fit.before.brier
        brierAfter = fit.after.brier
        warnings = fit.warnings.map(\.sentence)
    }

    var lines: [String] {
        [
            "calibration: {slope: \(slope), offset: \(offset)}",
            "  (a line for the model; over these links the Brier score goes from \(brierBefore.inFour) to \(brierAfter.inFour))",
        ] + warnings.map { "  \($0)" }
    }
}
