import WebSocket

extension ClientMessage {
    /// Writes the message as the frame's payload.
    func encode(into frame: FrameBuffer, seq: Int64?) {
        frame.reset()
        frame.append(#"{"type":""#)
        frame.append(type)
        frame.append(byte: UInt8(ascii: "\""))
        if let seq {
            frame.append(#","seq":"#)
            frame.append(integer: seq)
        }
        encodeMembers(into: frame)
        frame.append(byte: UInt8(ascii: "}"))
    }

    private var type: StaticString {
        switch self {
        case .hello: "hello"
        case .location: "location"
        case .more: "more"
        case .subscribe: "subscribe"
        case .unsubscribe: "unsubscribe"
        case .strangers: "strangers"
        case .settings: "settings"
        case .refresh: "refresh"
        case .block: "block"
        case .report: "report"
        }
    }

    private func encodeMembers(into frame: FrameBuffer) {
        switch self {
        case .hello(let hello): hello.encode(into: frame)
        case .location(let fix):
            frame.append(byte: UInt8(ascii: ","))
            frame.append(json: fix)
        case .more(let cursor): frame.member("cursor", cursor)
        case .subscribe(let friend), .unsubscribe(let friend): frame.member("friend", friend)
        case .strangers(let request):
            frame.append(byte: UInt8(ascii: ","))
            request.encode(into: frame)
        case .settings(let radius, let sharing):
            if let radius { frame.member("radius_m") { $0.append(json: radius) } }
            if let sharing { frame.member("sharing") { $0.append(json: sharing) } }
        case .refresh(let token): frame.member("token", token)
        case .block(let person): person.encode(into: frame)
        case .report(let person, let reason):
            person.encode(into: frame)
            frame.member("reason", reason)
        }
    }
}

extension ClientMessage.Hello {
    fileprivate func encode(into frame: FrameBuffer) {
        frame.member("token", token)
        frame.append(byte: UInt8(ascii: ","))
        frame.append(json: fix)
        if let radius { frame.member("radius_m") { $0.append(json: radius) } }
        if quiet { frame.member("quiet") { $0.append(json: quiet) } }
        guard let strangers else { return }
        frame.member("strangers") {
            $0.append(byte: UInt8(ascii: "{"))
            strangers.encode(into: $0)
            $0.append(byte: UInt8(ascii: "}"))
        }
    }
}

extension ClientMessage.StrangersRequest {
    fileprivate func encode(into frame: FrameBuffer) {
        frame.append(#""on":"#)
        frame.append(json: isOn)
        if let radius { frame.member("radius_m") { $0.append(json: radius) } }
        if let precision { frame.member("precision") { $0.append(integer: precision) } }
    }
}

extension ClientMessage.Person {
    fileprivate func encode(into frame: FrameBuffer) {
        switch self {
        case .user(let id): frame.member("user", id)
        case .stranger(let sid): frame.member("sid", sid)
        }
    }
}

extension FrameBuffer {
    /// A comma, the name, and the value that `write` appends.
    fileprivate func member(_ name: StaticString, _ write: (FrameBuffer) -> Void) {
        append(#",""#)
        append(name)
        append(#"":"#)
        write(self)
    }

    fileprivate func member(_ name: StaticString, _ text: String) {
        member(name) { $0.append(json: text) }
    }
}
