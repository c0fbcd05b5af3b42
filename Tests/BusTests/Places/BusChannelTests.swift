import ChannelBus
import Channels
import Geo
import Testing

@Suite("Names of channels")
struct BusChannelTests {
    @Test(
        "A name reads as it is written",
        arguments: ["user:a", "user:A.b_c-9", "cell:s", "cell:dr5ru7c2gx0z"])
    func roundTrip(name: String) {
        #expect(BusChannel(name)?.description == name)
    }

    @Test(
        "Anything else is no channel",
        arguments: [
            "", "user:", "cell:", "user", "control", "USER:a", "user:a b", "user:*",
            "user:a\r\n",
            "user:ü", "user:a:b", "user:[a]", "user:a?", "cell:a", "cell:DR5", "cell:dr5ru7c2gx0zz", "cell:dr5*",
            "loc:a", " user:a",
        ])
    func malformed(name: String) {
        #expect(BusChannel(name) == nil)
    }

    @Test("The longest id is taken, and none that is longer")
    func length() {
        let longest = "user:" + String(repeating: "x", count: UserID.maximumLength)
        #expect(longest.utf8.count == BusChannel.maximumLength)
        #expect(BusChannel(longest)?.description == longest)
        #expect(BusChannel(longest + "x") == nil)
    }
}
