import Foundation
import Testing

@testable import CLI

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Every format of every verb, read by a reader that is not ours.
@Suite struct GeohashFormatTests {
    static let commands = [
        "encode -17.8 178.2 -p 4", "decode ruy", "neighbors ruy", "neighbors bpbpb", "children ruy", "parent ruy",
        "inspect ruy", "inspect 0 180", "inspect 89.9 12 -p 5", "inspect -90 -180 -p 1", "inspect -33.86 151.2 -p 12",
        "cover 37.7749 -122.4194 --radius 5mi", "cover 89.9 0 --radius 50km -p 3 --explain",
        "cover --bbox 177,-20,-178,-15 -p 3 --explain", "cover --bbox 177,-20,-178,-15 --cells 12",
        "cover --bbox -180,-90,180,90 -p 1", "cover --bbox 1,1,1,1",
    ]

    private func output(_ line: String, _ format: String) throws -> String {
        let run = try Command(["geohash"] + line.split(separator: " ").map(String.init) + ["--format", format])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
        return run.output
    }

    private func object(_ line: String, _ format: String) throws -> [String: Any] {
        let text = try output(line, format)
        #expect(text.hasSuffix("\n") && text.filter { $0 == "\n" }.count == 1)
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test(
        arguments: commands + ["distance ruy 0,0", "distance 0,0 0,180 --exact", "table --latitude 90", "validate 9q"])
    func json(_ line: String) throws {
        #expect(try !object(line, "json").isEmpty)
    }

    @Test(arguments: commands) func geojson(_ line: String) throws {
        let document = try object(line, "geojson")
        let features =
            document["type"] as? String == "Feature"
            ? [document] : try #require(document["features"] as? [[String: Any]])
        #expect(!features.isEmpty)
        for feature in features {
            #expect(feature["type"] as? String == "Feature")
            let properties = try #require(feature["properties"] as? [String: Any])
            #expect(properties["geohash"] is String)
            let geometry = try #require(feature["geometry"] as? [String: Any])
            guard geometry["type"] as? String == "Polygon" else {
                #expect(geometry["type"] as? String == "Point")
                continue
            }
            let rings = try #require(geometry["coordinates"] as? [[[Double]]])
            #expect(rings.count == 1 && rings[0].count == 5 && rings[0].first == rings[0].last)
            #expect(rings[0].allSatisfy { abs($0[0]) <= 180 && abs($0[1]) <= 90 })
            // Counter-clockwise, as RFC 7946 has it.
            let (first, second, third) = (rings[0][0], rings[0][1], rings[0][2])
            #expect(first[0] < second[0] && first[1] == second[1] && second[0] == third[0] && second[1] < third[1])
        }
    }

    @Test(arguments: commands) func svg(_ line: String) throws {
        let text = try output(line, "svg")
        let reader = SVGReader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.elements.first == "svg")
        #expect(reader.attributes["viewBox"] != nil && reader.attributes["role"] == "img")
        #expect(reader.elements.contains("title") && reader.elements.contains("desc"))
        #expect(reader.numbersAreFinite)
    }

    @Test(arguments: commands) func wkt(_ line: String) throws {
        let text = try output(line, "wkt")
        #expect(text.hasPrefix("POLYGON ((") || text.hasPrefix("GEOMETRYCOLLECTION (POLYGON (("))
        #expect(text.filter { $0 == "(" }.count == text.filter { $0 == ")" }.count)
        let numbers = text.split { !"0123456789.-".contains($0) }
        #expect(!numbers.isEmpty && numbers.count.isMultiple(of: 10) && numbers.allSatisfy { Double($0) != nil })
    }

    @Test func coverAsTheContractSays() throws {
        let answer = try object("cover 37.7749 -122.4194 --radius 5mi -p 5", "json")
        #expect(Set(answer.keys) == ["precision", "radius_m", "nine_suffice", "cells"])
        #expect(answer["precision"] as? Int == 5)
        #expect(answer["radius_m"] as? Double == 8046.72)
        #expect(answer["nine_suffice"] as? Bool == false)
        #expect((answer["cells"] as? [String])?.count == 20)
        let coarser = try object("cover 37.7749 -122.4194 --radius 5mi", "json")
        #expect(coarser["precision"] as? Int == 4 && coarser["nine_suffice"] as? Bool == true)
        let box = try object("cover --bbox 1,2,3,4 --cells 5 --explain", "json")
        #expect(box["precision"] is NSNull && box["radius_m"] is NSNull && box["nine_suffice"] is NSNull)
        #expect(try #require(box["cell_count"] as? Int) <= 5)
        #expect(try #require(box["overcover"] as? Double) >= 1)
    }

    @Test func inspectAsJSON() throws {
        let answer = try object("inspect 37.7749 -122.4194", "json")
        #expect(answer["geohash"] as? String == "9q8yyk")
        #expect(answer["integer"] as? String == "325352402")
        #expect(answer["bits"] as? Int == 30)
        #expect((answer["children"] as? [String])?.count == 32)
        #expect((answer["neighbors"] as? [String: String])?["ne"] == "9q8yyt")
        #expect((answer["point"] as? [String: Double])?["lon"] == -122.4194)
        #expect(try object("inspect 9q8yyk", "json")["point"] is NSNull)
    }

    /// A JSON text may hold what a terminal may not.
    @Test func textsAreEscaped() throws {
        let run = try Command(["geohash", "validate", "a\"\\\n\t\u{1}é", "--format", "json"])
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let texts = try #require(document?["texts"] as? [[String: Any]])
        #expect(texts[0]["text"] as? String == "a\"\\\n\t\u{1}é")
        #expect(run.output.filter { $0 == "\n" }.count == 1)
    }
}

/// Reads elements, the attributes of the first, and whether all places and sizes are numbers.
private final class SVGReader: NSObject, XMLParserDelegate {
    var elements: [String] = []
    var attributes: [String: String] = [:]
    var numbersAreFinite = true

    func parser(
        _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
        attributes: [String: String]
    ) {
        if elements.isEmpty { self.attributes = attributes }
        elements.append(name)
        for key in ["x", "y", "width", "height", "cx", "cy", "r", "font-size"] {
            guard let value = attributes[key], !value.hasSuffix("%") else { continue }
            if Double(value)?.isFinite != true { numbersAreFinite = false }
        }
        if attributes["d"]?.contains("nan") == true || attributes["d"]?.contains("inf") == true {
            numbersAreFinite = false
        }
    }
}
