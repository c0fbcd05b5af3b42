import HTTPTypes
import HummingbirdTesting
import Testing
import WebSocket

@testable import Server

@Suite struct MetricsTests {
    @Test func theTextIsWhatPrometheusReads() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.get, "/v1/users/anna", as: .user("anna"))
            _ = try await desk.call(.get, "/nothing")
            let reply = try await desk.call(.get, "/metrics", as: .none)
            #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let metrics = try PrometheusParser(reply.text)
            #expect(metrics.samples["nearby_http_answers_total{status=\"200\"}"] == 1)
            #expect(metrics.samples["nearby_http_answers_total{status=\"404\"}"] == 1)
            #expect(metrics.samples["nearby_sessions"] == 0)
            #expect(metrics.samples["nearby_draining"] == 0)
            #expect(metrics.samples["process_resident_memory_bytes"] ?? 0 > 1_000_000)
            #expect(metrics.samples["process_open_fds"] ?? 0 > 2)
            #expect(metrics.samples["process_start_time_seconds"] == Double(ManualClock.start) / 1_000)
            #expect(metrics.kinds["process_cpu_seconds_total"] == "counter")
            for code in ErrorCode.allCases {
                #expect(metrics.samples["nearby_errors_total{code=\"\(code.rawValue)\"}"] == 0)
            }
        }
    }

    @Test func whatClientsSendIsNoLabel() async throws {
        try await Desk.open { desk in
            _ = try await desk.core.loops[0].ask { loop in
                loop.counters.closed[.normal] = 2
                loop.counters.closed[CloseCode(rawValue: 3_999)] = 3
                loop.counters.closed[CloseCode(rawValue: 4_321)] = 4
                loop.counters.errors[.badMessage] = 5
            }
            _ = try await desk.call(.init("BREW")!, "/v1/users/mallory")
            let reply = try await desk.call(.get, "/metrics", as: .none)
            let metrics = try PrometheusParser(reply.text)
            #expect(metrics.samples["nearby_connections_closed_total{code=\"1000\"}"] == 2)
            #expect(metrics.samples["nearby_connections_closed_total{code=\"other\"}"] == 7)
            #expect(metrics.samples["nearby_connections_closed_total{code=\"1012\"}"] == 0)
            #expect(metrics.samples["nearby_errors_total{code=\"bad_message\"}"] == 5)
            for secret in ["3999", "4321", "BREW", "mallory"] { #expect(!reply.text.contains(secret)) }
        }
    }

    @Test(arguments: [
        "a 1", "# HELP a x\n# TYPE a gauge\na 1", "# HELP a x\n# TYPE b gauge\na 1\n", "# TYPE a gauge\na 1\n",
        "# HELP a x\n# TYPE a counter\na 1\n", "# HELP a x\n# TYPE a gauge\na 1\na 2\n",
        "# HELP a x\n# TYPE a gauge\na NaN\n", "# HELP a x\n# TYPE a gauge\na{b=\"c d\"} 1\n",
        "# HELP a x\n# TYPE a gauge\n\na 1\n",
    ])
    func theParserIsStrict(_ text: String) {
        #expect(throws: PrometheusParser.Failure.self) { try PrometheusParser(text) }
    }
}
