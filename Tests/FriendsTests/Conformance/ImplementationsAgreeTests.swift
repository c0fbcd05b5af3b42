import Channels
import Friends
import Testing

/// The same random calls to both implementations: every answer and every error must be the same.
@Suite struct ImplementationsAgreeTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func onRandomCalls(seed: UInt64) async throws {
        try await StoreKind.inMemory.withStores { memory in
            try await StoreKind.sqlite.withStores { sqlite in
                var calls = RandomCalls(seed: seed)
                for step in 1...400 {
                    let call = calls.next()
                    let answers = (await call.answer(of: memory), await call.answer(of: sqlite))
                    try #require(answers.0 == answers.1, "seed \(seed), step \(step): \(call)")
                }
                for id in RandomCalls.ids {
                    let everything = RandomCall.export(id)
                    let answers = (await everything.answer(of: memory), await everything.answer(of: sqlite))
                    #expect(answers.0 == answers.1, "seed \(seed): \(id)")
                }
            }
        }
    }
}
