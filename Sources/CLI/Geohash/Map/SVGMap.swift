import Foundation
import Geo

/// Draws a ``MapPicture``: the map with the land and the cells, borders and widths beside it, a scale below, and a small
/// map of the world that shows where it is.
struct SVGMap {
    private static let side = 560.0
    private static let leftMargin = 20.0
    private static let rightMargin = 190.0
    private static let topMargin = 48.0
    private static let lineHeight = 18.0
    private static let insetWidth = 160.0

    let picture: MapPicture
    private let view: MapView

    init(_ picture: MapPicture) {
        self.picture = picture
        view = MapView.around(picture.cells.map(\.cell.box), side: Self.side)
    }

    private var width: Double { Self.leftMargin + view.width + Self.rightMargin }
    private var height: Double {
        Self.topMargin + view.height + 62 + Self.lineHeight * Double(notes.count)
    }

    private var notes: [String] {
        guard view.stretch > 1.05 else { return picture.notes }
        return picture.notes + ["Stretched \(LengthText.rounded(view.stretch, digits: 2)) times from west to east."]
    }

    var text: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(px(width)) \(px(height))" width="\(px(width))" \
        height="\(px(height))" role="img" aria-labelledby="title desc">
        <title id="title">\(Self.escaped(picture.title))</title>
        <desc id="desc">\(Self.escaped(([picture.summary] + notes).joined(separator: " ")))</desc>
        \(SVGStyle.text)\
        <rect class="page" width="100%" height="100%"/>
        <text x="\(px(Self.leftMargin))" y="30" font-size="18" font-weight="bold">\(Self.escaped(picture.title))</text>
        <g transform="translate(\(px(Self.leftMargin)) \(px(Self.topMargin)))">
        \(map)\(latitudes)\(longitudes)\(scale)\(inset)\(noteLines)</g>
        </svg>

        """
    }
}

/// The map itself.
extension SVGMap {
    private var map: String {
        """
        <clipPath id="map"><rect width="\(px(view.width))" height="\(px(view.height))"/></clipPath>
        <g clip-path="url(#map)">
        <rect class="sea" width="\(px(view.width))" height="\(px(view.height))"/>
        \(path("land", view.landPath(step: 0.1, overlap: 0.02), " fill-rule=\"evenodd\""))\
        \(picture.cells.map(cell).joined())\(path("region", view.paths(picture.outline)))\(point)</g>
        <rect class="frame" width="\(px(view.width))" height="\(px(view.height))"/>

        """
    }

    private func cell(_ feature: CellFeature) -> String {
        let box = feature.cell.box
        let (x, y) = (view.x(view.unwrapped(box.west)), view.y(box.north))
        let (width, height) = (view.x(view.west + box.east - box.west), view.y(box.south) - y)
        let name = feature.cell.description
        let label = label(name, x: x + width / 2, top: y, width: width, height: height)
        return """
            <g><title>\(name)</title><rect class="\(feature.isMain ? "main" : "cell")" x="\(px(x))" y="\(px(y))" \
            width="\(px(width))" height="\(px(height))"/>\(label)</g>

            """
    }

    /// The name of a cell, below its north border, or above the south one if the position is up there; nothing if there is
    /// no room.
    private func label(_ name: String, x: Double, top: Double, width: Double, height: Double) -> String {
        let size = min(18, width / (0.65 * Double(name.count)), height / 2)
        guard size >= 6 else { return "" }
        let y = isPointHigh ? top + height - size * 0.5 : top + size * 1.2
        return "<text class=\"name\" x=\"\(px(x))\" y=\"\(px(y))\" font-size=\"\(px(size))\">\(name)</text>"
    }

    /// Whether the position is in the upper third of the cell that the picture is about.
    private var isPointHigh: Bool {
        guard let point = picture.point, let box = picture.cells.first(where: \.isMain)?.cell.box else { return false }
        return point.latitude > (2 * box.north + box.south) / 3
    }

    private var point: String {
        guard let point = picture.point else { return "" }
        return """
            <circle class="point" cx="\(px(view.x(view.unwrapped(point.longitude))))" cy="\(px(view.y(point.latitude)))" \
            r="5"><title>The position</title></circle>

            """
    }

    private func path(_ style: String, _ data: String, _ attributes: String = "") -> String {
        data.isEmpty ? "" : "<path class=\"\(style)\"\(attributes) d=\"\(data)\"/>\n"
    }
}

/// What stands around the map.
extension SVGMap {
    private var isDetailed: Bool { picture.cells.count <= MapPicture.labelledCells }

    /// The borders from south to north, with the width of the cells there.
    private var latitudes: String {
        let boxes = picture.cells.map(\.cell.box)
        var borders = Set(boxes.map(\.south) + boxes.map(\.north)).sorted()
        if !isDetailed { borders = [borders[0], borders[borders.count - 1]] }
        let main = (picture.cells.first(where: \.isMain) ?? picture.cells[0]).cell.box
        return borders.map { border in
            let (y, name) = (
                view.y(border), LengthText.border(border, step: main.north - main.south, sides: ("N", "S"))
            )
            let width = isDetailed ? ", \(LengthText.length(main.width(atLatitude: border))) wide" : ""
            return """
                <path class="tick" d="M\(px(view.width)) \(px(y))h6"/>\
                <text class="small" x="\(px(view.width + 10))" y="\(px(y + 4))">\(name)\(width)</text>

                """
        }.joined()
    }

    /// The borders from west to east; each border between neighbours once.
    private var longitudes: String {
        let boxes = picture.cells.map(\.cell.box)
        let step = boxes.map { $0.east - $0.west }.min()!
        let easts = boxes.map { view.unwrapped($0.west) + ($0.east - $0.west) }
        var borders = Set(boxes.map { view.unwrapped($0.west) } + easts).sorted()
        if !isDetailed { borders = [borders[0], borders[borders.count - 1]] }
        return borders.map { border in
            let longitude = border > 180 ? border - 360 : border < -180 ? border + 360 : border
            let name = LengthText.border(longitude, step: step, sides: ("E", "W"))
            let x = view.x(border)
            return """
                <path class="tick" d="M\(px(x)) \(px(view.height))v6"/>\
                <text class="small" x="\(px(x))" y="\(px(view.height + 19))" text-anchor="middle">\(name)</text>

                """
        }.joined()
    }

    private var scale: String {
        let metres = ScaleBar.metres(atMost: view.width / 3 / view.pixelsPerMetre)
        let length = metres * view.pixelsPerMetre
        let y = view.height + 42
        return """
            <path class="bar" d="M0 \(px(y - 4))v8M0 \(px(y))h\(px(length))M\(px(length)) \(px(y - 4))v8"/>\
            <text class="small" x="\(px(length + 8))" y="\(px(y + 4))">\(ScaleBar.text(metres))</text>

            """
    }

    private var noteLines: String {
        notes.enumerated().map { index, note in
            let y = view.height + 64 + Self.lineHeight * Double(index)
            return "<text class=\"small soft\" x=\"0\" y=\"\(px(y))\">\(Self.escaped(note))</text>\n"
        }.joined()
    }

    /// Where in the world the map is; nothing if it shows most of it.
    private var inset: String {
        guard view.east - view.west < 180 else { return "" }
        let world = MapView.world(width: Self.insetWidth)
        let (x, y) = (view.width + Self.rightMargin - Self.insetWidth - 10, view.height - world.height + 50)
        let middle = world.unwrapped((view.west + view.east) / 2)
        return """
            <svg x="\(px(x))" y="\(px(y))" width="\(px(world.width))" height="\(px(world.height))" \
            overflow="visible"><title>Where in the world</title>
            <rect class="sea" width="100%" height="100%"/>
            \(path("land", world.landPath(step: 0.5), " fill-rule=\"evenodd\""))\
            <circle class="point" cx="\(px(world.x(middle)))" cy="\(px(world.y((view.south + view.north) / 2)))" r="4"/>
            </svg>

            """
    }

    /// Pixels in tenths.
    private func px(_ pixels: Double) -> String { ((pixels * 10).rounded() / 10).plainText }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

extension MapPicture {
    /// The picture as an SVG document.
    var svg: String { SVGMap(self).text }
}
