import Geo

/// The cells that cover an area.
struct CoverAnswer: CellAnswer {
    let area: CoverArea
    let cover: Cover
    /// Of the cells; `nil` if it is mixed.
    let precision: Int?
    let isExplained: Bool
    var outline: [[MapPoint]] = []

    var disc: Disc? { if case .disc(let disc) = area { disc } else { nil } }

    /// Whether the cell of the centre and its neighbours cover the disc; `nil` if that is not the question.
    var nineSuffice: Bool? { precision.flatMap { disc?.isCoveredByNine(precision: $0) } }

    var features: [CellFeature] { cover.cells.map { CellFeature($0, isMain: false) } }

    var picture: MapPicture {
        MapPicture(
            title: "\(cover.cells.count) \(cover.cells.count == 1 ? "cell" : "cells") of \(size)", cells: features,
            point: disc.map(Position.init(centerOf:)), outline: outline, notes: isExplained ? explanation : [])
    }

    private var size: String { precision.map { "precision \($0)" } ?? "mixed precisions" }

    // MARK: Text

    /// The cells, one a line, and then what is to be said about them, in lines that begin with #.
    var text: String {
        let notes = isExplained ? explanation : [nineText].compactMap { $0 }
        return (cover.cells.map(\.description) + notes.map { "# \($0)" }).joined(separator: "\n")
    }

    private var nineText: String? {
        nineSuffice.map { $0 ? "nine cells suffice" : "nine cells do not suffice" }
    }

    private var explanation: [String] {
        let factor = cover.overcover
        let ratio = factor.isFinite ? "\(LengthText.rounded(factor)) times the area" : "the area is 0"
        let count = cover.cells.count
        return [
            "\(count) \(count == 1 ? "cell" : "cells") of \(size): \(LengthText.area(cover.squareMetres)) for "
                + "\(LengthText.area(cover.regionSquareMetres)), \(ratio)"
        ] + nineExplanation
    }

    private var nineExplanation: [String] {
        guard let disc, let nineText else { return [] }
        func finest(_ precision: Int?) -> String { precision.map { "up to precision \($0)" } ?? "at no precision" }
        return [
            nineText,
            "around this centre they do \(finest(disc.ninePrecision)), "
                + "around every centre at this latitude \(finest(disc.rulePrecision))",
        ]
    }

    // MARK: JSON

    var json: JSONValue {
        let answer: JSONValue = [
            "precision": .init(precision), "radius_m": .init(disc?.metres),
            "nine_suffice": nineSuffice.map { .bool($0) } ?? .null, "cells": .array(cover.cells.map { .init($0) }),
        ]
        guard isExplained else { return answer }
        return answer.adding([
            .init("cell_count", .integer(cover.cells.count)), .init("cells_m2", .number(cover.squareMetres)),
            .init("region_m2", .number(cover.regionSquareMetres)), .init("overcover", .init(cover.overcover)),
            .init("nine_precision", .init(disc?.ninePrecision)), .init("rule_precision", .init(disc?.rulePrecision)),
        ])
    }
}
