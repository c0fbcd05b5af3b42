import Channels
import Friends
import Testing

/// The same random calls to each implementation: every answer and every error must be that of the one in memory.
@Suite struct ImplementationsAgreeTests {
    @Test(arguments: StoreKind.allCases.filter { $0 != .inMemory }, [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func onRandomCalls(kind: StoreKind, seed: UInt64) async throws {
        try await StoreKind.inMemory.withStores { memory in
            try await kind.withStores { stores in
                var calls = RandomCalls(seed: seed)
                for step in 1...400 {
                    let call = calls.next()
                    let answers = (await call.answer(of: memory), await call.answer(of: stores))
                    try #require(answers.0 == answers.1, "\(kind), seed \(seed), step \(step): \(call)")
                }
                for id in RandomCalls.ids {
                    let everything = RandomCall.export(id)
                    let answers = (await everything.answer(of: memory), await everything.answer(of: stores))
                    #expect(answers.0 == answers.1, "\(kind), seed \(seed): \(id)")
                }
            }
        }
    }
}
