import Channels
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Server

@Suite struct LimitTests {
    /// A body of exactly so many bytes.
    private func body(_ count: Int) -> String {
        let frame = #"{"name":"Anna","more":""}"#
        return frame.dropLast(2) + String(repeating: "x", count: count - frame.utf8.count) + #""}"#
    }

    @Test func bodiesHave64KiBAtMost() async throws {
        try await Desk.open { desk in
            #expect(try await desk.call(.put, "/v1/users/anna", body: self.body(65_536)).status == 201)
            let refused = try await desk.call(.put, "/v1/users/anna", body: self.body(65_537))
            #expect(refused.status == 413)
            #expect(refused.problem == "too_large")
        }
    }

    @Test func bodiesThatNobodyReadsAreNoLonger() async throws {
        try await Desk.open { (desk: Desk) async throws in
            let text = String(repeating: " ", count: 65_537)
            #expect(try await desk.call(.put, "/v1/users/anna/friends/ben", body: text).status == 413)
            #expect(try await desk.call(.delete, "/v1/users/anna/history", body: text).status == 413)
            #expect(try await desk.call(.get, "/healthz", body: text).status == 413)
            // Whoever may not call at all is told that first.
            #expect(try await desk.call(.put, "/v1/users/anna", as: .none, body: text).status == 401)
        }
    }

    @Test func aUserMakes100CallsAtOnceAnd20ASecond() async throws {
        try await Desk.open { desk in
            func call() async throws -> Reply { try await desk.call(.get, "/v1/users/anna", as: .user("anna")) }
            for _ in 0..<100 { #expect(try await call().status == 200) }
            let refused = try await call()
            #expect(refused.status == 429)
            #expect(refused.problem == "rate_limited")
            #expect(refused.headers[.retryAfter] == "1")
            desk.clock.advance(milliseconds: 1_000)
            for _ in 0..<20 { #expect(try await call().status == 200) }
            #expect(try await call().status == 429)
            // Others are not concerned.
            #expect(try await desk.call(.get, "/v1/users/ben", as: .user("ben")).status == 200)
            for _ in 0..<150 { #expect(try await desk.call(.get, "/v1/users/anna").status == 200) }
        }
    }

    @Test func bucketsThatAreFullAgainAreForgotten() {
        var buckets = CallBuckets()
        for user in 0..<5_000 {
            let now = Int64(user) * 10
            #expect(buckets.wait(.init("u\(user)")!, now: now) == nil)
        }
        // A bucket lasts five seconds: 500 users here, and fewer than that many are not looked through.
        #expect(buckets.entries.count <= CallBuckets.smallestSweep)
    }
}
