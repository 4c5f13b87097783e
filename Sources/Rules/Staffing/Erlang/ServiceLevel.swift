/// Which of the trade's four service levels is meant: without its formula the figure means nothing.
///
/// Of those who come (O), A are answered, A_T of them within the time T; B hang up, B_T of them within T.
public enum ServiceLevelFormula: String, CaseIterable, Codable, Sendable {
    /// A_T / O: of all who came, the share answered in time. The strictest of the four, and the headline.
    case offered
    /// A_T / A: of those answered. Who hung up vanishes, however long they had waited.
    case answeredOnly
    /// A_T / (O - B_T): who hung up within T is taken out altogether.
    case excludingShortAbandons
    /// (A_T + B_T) / O: who hung up within T counts as served.
    case shortAbandonsAsSuccess
}

/// A service level by all four formulas; each a share from 0 to 1. Where nobody comes, each is 1.
///
/// Always `offered` ≤ `excludingShortAbandons` ≤ `shortAbandonsAsSuccess` and `offered` ≤ `answeredOnly`; where nobody hangs up, all are equal.
public struct ServiceLevel: Equatable, Sendable {
    /// A_T / O.
    public let offered: Double
    /// A_T / A.
    public let answeredOnly: Double
    /// A_T / (O - B_T).
    public let excludingShortAbandons: Double
    /// (A_T + B_T) / O.
    public let shortAbandonsAsSuccess: Double

    /// By one of the formulas.
    public subscript(formula: ServiceLevelFormula) -> Double {
        switch formula {
        case .offered: offered
        case .answeredOnly: answeredOnly
        case .excludingShortAbandons: excludingShortAbandons
        case .shortAbandonsAsSuccess: shortAbandonsAsSuccess
        }
    }

    static let perfect = ServiceLevel(
        offered: 1, answeredOnly: 1, excludingShortAbandons: 1, shortAbandonsAsSuccess: 1)
}
