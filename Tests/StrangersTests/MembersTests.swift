import Geo
import Testing

@testable import Strangers

/// Late records of an earlier owner.
@Suite struct MembersTests {
    private let cell = PublishedCell(BlurredCell(Geohash("u33dc1")!)!, precision: 6)!
    private let other = PublishedCell(BlurredCell(Geohash("u33dc3")!)!, precision: 6)!

    private func placement(_ generation: UInt32, _ cell: PublishedCell?) -> Placement {
        Placement(
            user: 5, generation: generation, identity: StrangerIdentity(number: 1, life: 1), cell: cell, minute: 0)
    }

    @Test func neverMoveAUserBack() throws {
        var members = Members()
        members.place(placement(2, cell))
        members.place(placement(1, other))
        let member = try #require(members.find(user: 5))
        #expect(members.cell(of: member) == cell)
        members.place(placement(2, other))
        #expect(members.cell(of: member) == other, "the same owner may decide anew")
        #expect(members.withdraw(5, generation: 1) == nil)
        #expect(members.publishedCount == 1)
    }

    @Test func neverBringAUserBack() throws {
        var members = Members()
        members.place(placement(2, cell))
        let withdrawn = members.withdraw(5, generation: 3)
        members.remove(try #require(withdrawn))
        members.place(placement(2, cell))
        #expect(members.find(user: 5) == nil && members.publishedCount == 0)
        members.place(placement(4, cell))
        #expect(members.find(user: 5) != nil)
    }

    @Test func aMemberIs32Bytes() {
        #expect(MemoryLayout<Member>.stride == 32)
        #expect(MemoryLayout<Showing>.stride == 20)
    }
}
