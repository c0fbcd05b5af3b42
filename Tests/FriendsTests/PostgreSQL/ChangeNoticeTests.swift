import Channels
import Testing

@testable import Friends

@Suite struct ChangeNoticeTests {
    @Test func aNoticeIsReadAsItWasWritten() {
        for users in [[], ["ann"], ["ann", "b.o-b_1"]] as [[UserID]] where !users.isEmpty {
            let notice = ChangeNotice(transaction: 7, users: users)
            #expect(ChangeNotice(payload: notice.payload) == notice)
        }
        let many = ChangeNotice(transaction: .max, users: nil)
        #expect(ChangeNotice(payload: many.payload) == many)
    }

    @Test(arguments: ["", "7", "7:", ":ann", "x:ann", "7:ann,", "7:a b", "7:ann:bob", "-1:ann"])
    func anythingElseIsNone(payload: String) {
        #expect(ChangeNotice(payload: payload) == nil)
    }

    @Test func longListsAreSplitAndLongerOnesAreMany() {
        let longest = UserID(String(repeating: "x", count: 64))!
        let notices = ChangeNotice.notices(of: Array(repeating: longest, count: ChangeNotice.many), in: .max)
        #expect(notices.count == 10 && notices.allSatisfy { $0.payload.utf8.count < 8_000 })
        let tooMany = ChangeNotice.notices(of: Array(repeating: longest, count: ChangeNotice.many + 1), in: 1)
        #expect(tooMany == [ChangeNotice(transaction: 1, users: nil)])
    }
}
