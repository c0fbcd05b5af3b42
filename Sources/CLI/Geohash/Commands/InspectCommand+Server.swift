import ArgumentParser
import AsyncHTTPClient
import Foundation
import Geo
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

extension InspectCommand {
    private static let serverTime = TimeAmount.seconds(10)
    private static let longestAnswer = 64 * 1_024

    /// What the server of `--server` knows of a cell; `nil` without one.
    func figures(of cell: Geohash) async throws -> CellFigures? {
        guard let server else {
            if apiKey != nil { throw ValidationError("--api-key: needs --server") }
            return nil
        }
        guard let url = BackendAPI.parse(server) else {
            throw ValidationError("--server: must be like http://127.0.0.1:8080")
        }
        guard let key = apiKey ?? ProcessInfo.processInfo.environment["NEARBY_API_KEY"], !key.isEmpty else {
            throw ValidationError("--server: needs the API key, from --api-key or NEARBY_API_KEY")
        }
        return try await HTTPClient.withHTTPClient { client in
            try await ask(client, url.appendingPathComponent("v1/admin/cells/\(cell)"), key: key)
        }
    }

    private func ask(_ client: HTTPClient, _ url: URL, key: String) async throws -> CellFigures {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers.add(name: "X-API-Key", value: key)
        let status: HTTPResponseStatus
        let body: ByteBuffer
        do {
            let response = try await client.execute(request, timeout: Self.serverTime)
            status = response.status
            body = try await response.body.collect(upTo: Self.longestAnswer)
        } catch {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "cannot be asked"
            throw GeohashFailure("--server: \(reason)")
        }
        switch status {
        case .ok: break
        case .unauthorized: throw GeohashFailure("--server: the API key is not that of this server")
        default: throw GeohashFailure("--server: it answered with status \(status.code)")
        }
        guard let report = try? JSONDecoder().decode(Report.self, from: body) else {
            throw GeohashFailure("--server: its answer cannot be read")
        }
        return CellFigures(
            figures: [
                .init(name: "members", value: report.members), .init(name: "watchers", value: report.watchers),
            ] + (report.rate.map { [.init(name: "rate", value: $0)] } ?? []))
    }

    private struct Report: Decodable {
        let members: Double
        let watchers: Double
        let rate: Double?
    }
}
