import Foundation

/// The length of a scale bar: 1, 2 or 5 times a power of ten.
enum ScaleBar {
    /// The largest such length that is at most so many metres.
    static func metres(atMost limit: Double) -> Double {
        let power = pow(10, log10(limit).rounded(.down))
        let factor = [5.0, 2, 1].first { $0 * power <= limit } ?? 1
        return factor * power
    }

    /// `500 m`, `2 km`, `5 mm`.
    static func text(_ metres: Double) -> String {
        switch metres {
        case 1_000...: "\(LengthText.fixed(metres / 1_000, places: 0)) km"
        case 1...: "\(LengthText.fixed(metres, places: 0)) m"
        case 0.01...: "\(LengthText.fixed(metres * 100, places: 0)) cm"
        default: "\(LengthText.fixed(metres * 1_000, places: 0)) mm"
        }
    }
}
