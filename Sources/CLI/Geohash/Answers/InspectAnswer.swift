import Foundation
import Geo

/// All about a cell.
struct InspectAnswer: SingleCellAnswer {
    let cell: Geohash
    /// The position that was asked for, if it was not the cell.
    let point: Position?
    /// What a server knows of it, if one was asked.
    let figures: CellFigures?
    var isColored = false

    static let labelWidth = 12

    private var box: GeohashBox { cell.box }
    private var parent: Geohash? { cell.precision > 1 ? cell.parent(precision: cell.precision - 1) : nil }

    /// The largest radius that the nine cells cover around every point of the cell, in metres: that of its poleward
    /// border.
    private var nineRadius: Double {
        NineCellRule.largestRadius(
            precision: cell.precision, latitude: box.south.magnitude > box.north.magnitude ? box.south : box.north)
    }

    var feature: CellFeature { CellFeature(cell) }

    var geojson: JSONValue {
        let neighbors = NeighborsAnswer(cell: cell).features
        let point = point.map { [GeoJSON.feature($0, [.init("geohash", .init(cell))])] } ?? []
        return GeoJSON.collection(([feature] + neighbors).map { GeoJSON.feature($0) } + point)
    }

    var picture: MapPicture {
        MapPicture(
            title: "Geohash \(cell) and its neighbours", cells: NeighborsAnswer(cell: cell).features + [feature],
            point: point,
            notes: [
                "\(cell): \(LengthText.length(box.middleWidth)) wide in the middle, \(LengthText.length(box.height)) high, "
                    + "\(LengthText.area(box.squareMetres)). Nine cells cover \(LengthText.length(nineRadius)) here."
            ])
    }
}

extension InspectAnswer {
    var text: String {
        let drawing = CellDrawing(cell, point: point).text(isColored: isColored)
        let lines = rows.map { "\($0.padded(to: Self.labelWidth))\($1)" } + (figures?.text ?? [])
        return "\(drawing)\n\n\(lines.joined(separator: "\n"))"
    }

    private var rows: [(String, String)] {
        [
            ("geohash", cell.description),
            ("precision", "\(cell.precision), \(cell.bits.count) bits"),
            ("integer", String(cell.bits.value)),
            ("bits", bits),
            ("point", point.map { Self.text($0.latitude, $0.longitude) } ?? "none given, + is the centre"),
            ("centre", Self.text(box.center.latitude, box.center.longitude)),
            ("error", "±\(box.latitudeError.plainText) ±\(box.longitudeError.plainText)"),
            ("south west", Self.text(box.south, box.west)),
            ("north east", Self.text(box.north, box.east)),
            (
                "width",
                [box.south, box.center.latitude, box.north].map { LengthText.length(box.width(atLatitude: $0)) }
                    .joined(separator: ", ") + " (south, middle, north)"
            ),
            ("height", LengthText.length(box.height)),
            ("area", LengthText.area(box.squareMetres)),
            ("parent", parent?.description ?? "none"),
            ("children", childrenText),
            ("neighbours", neighborsText),
            ("nine cover", "\(LengthText.length(nineRadius)) around every point of the cell"),
        ]
    }

    private static func text(_ latitude: Double, _ longitude: Double) -> String {
        "\(latitude.plainText) \(longitude.plainText)"
    }

    /// Five at a time, as the characters have them.
    private var bits: String {
        let digits = String(cell.bits.value, radix: 2)
        let all = Array(String(repeating: "0", count: cell.bits.count - digits.count) + digits)
        return stride(from: 0, to: all.count, by: 5).map { String(all[$0..<$0 + 5]) }.joined(separator: " ")
    }

    private var childrenText: String {
        guard let first = cell.children.first, let last = cell.children.last else { return "none" }
        return "\(first) to \(last)"
    }

    private var neighborsText: String {
        CompassPoint.allCases.map { "\($0.rawValue) \(cell.neighbor($0)?.description ?? "-")" }.joined(separator: ", ")
    }
}

extension InspectAnswer {
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("geohash", .init(cell)), .init("precision", .integer(cell.precision)),
            .init("bits", .integer(cell.bits.count)),
            // As text, because up to 60 bits do not fit the numbers of every JSON reader.
            .init("integer", .string(String(cell.bits.value))),
        ]
        members += DecodeAnswer.members(box)
        members += [
            .init("width_south_m", .number(box.width(atLatitude: box.south))),
            .init("width_m", .number(box.middleWidth)),
            .init("width_north_m", .number(box.width(atLatitude: box.north))),
            .init("height_m", .number(box.height)), .init("area_m2", .number(box.squareMetres)),
            .init("nine_radius_m", .number(nineRadius)), .init("parent", .init(parent)),
            .init("children", .array(cell.children.map { .init($0) })),
            .init("neighbors", NeighborsAnswer(cell: cell).json),
            .init(
                "point", point.map { ["lat": .number($0.latitude), "lon": .number($0.longitude)] } ?? .null),
        ]
        if let figures { members.append(.init("server", figures.json)) }
        return .object(members)
    }
}

extension String {
    /// With blanks at the end.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
