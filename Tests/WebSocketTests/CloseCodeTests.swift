import Testing

@testable import WebSocket

@Suite struct CloseCodeTests {
    @Test(arguments: [1001, 1005, 1006, 1011, 1012, 1013, 4000, 4001, 4003, 4004, 4006, 4499] as [UInt16])
    func reconnect(code: UInt16) {
        #expect(CloseCode(rawValue: code).clientShouldRetry)
    }

    @Test(arguments: [1000, 1002, 1003, 1007, 1008, 1009, 3999, 4500, 4501, 4502, 4506, 4999] as [UInt16])
    func doNotReconnect(code: UInt16) {
        #expect(!CloseCode(rawValue: code).clientShouldRetry)
    }
}
