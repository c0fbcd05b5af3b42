/// A report with the number it was filed under; later ones have higher numbers.
public struct FiledReport: Hashable, Sendable {
    public let number: Int64
    public let report: Report

    public init(number: Int64, report: Report) {
        self.number = number
        self.report = report
    }
}
