import Geo

/// What a running server knows of a cell.
struct CellFigures: Equatable {
    struct Figure: Equatable {
        /// As in JSON: `members`, `watchers`.
        let name: String
        let value: Double
    }

    /// In the order to be shown.
    let figures: [Figure]

    var text: [String] {
        figures.map { "\($0.name.padded(to: InspectAnswer.labelWidth))\($0.value.plainText)" }
    }

    var json: JSONValue { .object(figures.map { .init($0.name, .number($0.value)) }) }
}
