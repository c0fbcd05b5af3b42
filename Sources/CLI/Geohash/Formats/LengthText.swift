import Foundation

/// Lengths, areas and angles as people read them.
enum LengthText {
    /// In km, m, cm or mm, with four significant digits: `1.223 km`, `610.8 m`, `18.63 mm`.
    static func length(_ metres: Double) -> String {
        switch metres {
        case 1_000...: "\(rounded(metres / 1_000)) km"
        case 1..., 0: "\(rounded(metres)) m"
        case 0.01...: "\(rounded(metres * 100)) cm"
        default: "\(rounded(metres * 1_000)) mm"
        }
    }

    /// In km², m² or cm², with four significant digits.
    static func area(_ squareMetres: Double) -> String {
        switch squareMetres {
        case 10_000...: "\(rounded(squareMetres / 1_000_000)) km²"
        case 0.1..., 0: "\(rounded(squareMetres)) m²"
        default: "\(rounded(squareMetres * 10_000)) cm²"
        }
    }

    /// Degrees with three significant digits: `22.5°`, `0.00275°`.
    static func degrees(_ degrees: Double) -> String { "\(rounded(degrees, digits: 3))°" }

    /// As many significant digits, or more if more stand before the point.
    static func rounded(_ number: Double, digits: Int = 4) -> String {
        guard number != 0 else { return "0" }
        return fixed(number, places: max(0, digits - 1 - Int(log10(number.magnitude).rounded(.down))))
    }

    static func fixed(_ number: Double, places: Int) -> String { String(format: "%.\(places)f", number) }

    /// A border of a cell, with enough digits to tell it from the next one, and the side of the Earth: `37.779° N`.
    ///
    /// - Parameters:
    ///   - step: from one border to the next, in degrees.
    ///   - sides: for positive and negative numbers.
    static func border(_ degrees: Double, step: Double, sides: (String, String)) -> String {
        let places = max(0, 1 - Int(log10(step).rounded(.down)))
        let whole = degrees == degrees.rounded()
        let text = fixed(degrees.magnitude, places: whole ? 0 : places)
        if degrees == 0 || degrees.magnitude == 180 { return "\(text)°" }
        return "\(text)° \(degrees > 0 ? sides.0 : sides.1)"
    }
}
