import NearbyClient
import WebSocket

/// Runs one scenario of `docs/protocol/scenarios`, whose README has the format, against a client.
struct ScenarioRun {
    private static let distanceTolerance = 0.05

    private let scenario: JSON
    private let startMilliseconds: Int64
    private let subject: any ScenarioSubject
    /// What `"seq": "$name"` stands for.
    private var bound: [String: JSON] = [:]

    /// - Parameter makeSubject: makes a client from the app's wishes, the time at which the clock starts, and the
    ///   number that stands for every random one.
    init(
        _ scenario: JSON, _ makeSubject: (SessionWishes, Int64, Double) -> any ScenarioSubject
    ) throws {
        guard scenario["format"] == 1 else { throw ScenarioError("unknown format") }
        self.scenario = scenario
        startMilliseconds = scenario["start_ms"]?.integer ?? 0
        let wishes = try (scenario["client"] ?? [:]).wishes()
        subject = makeSubject(wishes, startMilliseconds, scenario["random"]?.double ?? 0.5)
    }

    /// - Returns: How many steps there were.
    mutating func run() throws -> Int {
        let steps = (scenario["steps"] ?? []).items
        for (index, step) in steps.enumerated() {
            let waitsForNothing = index + 1 < steps.count && steps[index + 1]["wait_ms"] == 0
            do {
                try take(step, leavesOutputs: subject.firesAtOnce && waitsForNothing)
            } catch {
                let name = scenario["name"]?.string ?? "?"
                throw ScenarioError("\(name), step \(index + 1) (\(step["note"]?.string ?? "")): \(error)")
            }
        }
        return steps.count
    }

    /// - Parameter leavesOutputs: whether what the client does is looked at in the next step.
    private mutating func take(_ step: JSON, leavesOutputs: Bool) throws {
        let began = subject.now
        let inputs = step.members.filter { !["note", "expect", "with", "as"].contains($0.key) }
        guard inputs.count <= 1 else { throw ScenarioError("more than one input: \(inputs.keys.sorted())") }
        if let (name, value) = inputs.first { try input(name, filled(value), step) }
        let expect = try filled(step["expect"] ?? [:], isExpectation: true)
        if !leavesOutputs { try checkOutputs((expect["do"] ?? []).items, began: began) }
        try check(expect)
    }

    // MARK: Inputs

    private func input(_ name: String, _ value: JSON, _ step: JSON) throws {
        switch name {
        case "call": try call(value.string ?? "", try filled(step["with"] ?? [:]), as: step["as"]?.string)
        case "move": subject.move(try value.fix(now: subject.now))
        case "token": subject.tokenGot(value.string)
        case "token_error": subject.tokenFailed()
        case "open": subject.opened()
        case "receive": subject.receive(value.description)
        case "close": subject.closed(CloseCode(rawValue: UInt16(value.integer ?? 0)))
        case "wait_ms": try subject.wait(milliseconds: value.integer ?? 0)
        case "sleep_ms": subject.sleep(milliseconds: value.integer ?? 0)
        case "wake": subject.wake()
        case "network": subject.network(isUp: value.bool ?? true)
        default: throw ScenarioError("unknown input \(name)")
        }
    }

    private func call(_ type: String, _ fields: JSON, as name: String?) throws {
        switch type {
        case "start": subject.start()
        case "stop": subject.stop()
        case "more": subject.more(as: name ?? type)
        default: subject.request(try fields.request(type), as: name ?? type)
        }
    }

    // MARK: Expectations

    private func check(_ expect: JSON) throws {
        try checkAnswers((expect["answers"] ?? [:]).members)
        let change = subject.takeChange()
        for (name, wanted) in expect.members where !["do", "answers"].contains(name) {
            try match(try actual(name, change), isUnordered(name) ? sorted(wanted) : wanted, name)
        }
    }

    private func isUnordered(_ name: String) -> Bool { ["entered", "moved", "left"].contains(name) }

    /// In the order of their ids.
    private func sorted(_ friends: JSON) -> JSON {
        func id(_ friend: JSON) -> String { friend.string ?? friend["id"]?.string ?? "" }
        return .array(friends.items.sorted { id($0) < id($1) })
    }

    private func actual(_ name: String, _ change: NearbyChange) throws -> JSON {
        let snapshot = change.snapshot
        return switch name {
        case "state": JSON(snapshot.connection, now: subject.now)
        case "friends": .array(snapshot.friends.map(JSON.init))
        case "total": .number(Double(snapshot.total))
        case "has_more": .bool(snapshot.hasMore)
        case "strangers": JSON(snapshot.strangers)
        case "settings": snapshot.settings.map { JSON($0) } ?? .null
        case "entered": .array(change.entered.map(\.id).sorted().map(JSON.string))
        case "moved": .array(change.moved.map(\.id).sorted().map(JSON.string))
        case "left":
            .array(change.left.map { ["id": .string($0.friend.id), "reason": .string($0.reason.rawValue)] })
        case "errors": .array(change.errors.map { .string($0.code.rawValue) })
        default: throw ScenarioError("unknown expectation \(name)")
        }
    }

    private mutating func checkOutputs(_ wanted: [JSON], began: Int64) throws {
        let outputs = subject.takeOutputs()
        guard outputs.count == wanted.count else {
            throw ScenarioError("should do \(wanted.count) things: \(wanted); did \(outputs)")
        }
        for (want, output) in zip(wanted, outputs) {
            let what = want.string.map { [$0: JSON.bool(true)] } ?? want.members.filter { $0.key != "after_ms" }
            guard let wantedOutput = what[output.name] else { throw ScenarioError("should \(want), but did \(output)") }
            if let after = want["after_ms"] {
                try match(.number(Double(output.at - began)), after, "time of \(output)")
            }
            switch output.act {
            case .close(let code) where wantedOutput != true: try match(.number(Double(code)), wantedOutput, "close")
            case .send(let message): try matchMessage(message, wantedOutput)
            default: break
            }
        }
    }

    /// A message is to have exactly these members; a `seq` of `$name` is any integer, kept under the name.
    private mutating func matchMessage(_ message: JSON, _ wanted: JSON) throws {
        guard message.members.keys.sorted() == wanted.members.keys.sorted() else {
            throw ScenarioError("should send \(wanted), but sent \(message)")
        }
        for (key, value) in wanted.members {
            if key == "seq", let name = value.string, message["seq"]?.integer != nil {
                bound[name] = message["seq"]
            } else {
                try match(message[key] ?? .null, value, "sent \(key)")
            }
        }
    }

    private func checkAnswers(_ wanted: [String: JSON]) throws {
        let answers = subject.takeAnswers()
        guard answers.keys.sorted() == wanted.keys.sorted() else {
            throw ScenarioError("should answer \(wanted.keys.sorted()), but answered \(answers)")
        }
        for (name, want) in wanted { try match(answers[name] ?? .null, want, "answer of \(name)") }
    }

    /// `"@1500"` is 1,500 ms after the start; `"$name"` the number that was bound to it.
    private func filled(_ value: JSON, isExpectation: Bool = false) throws -> JSON {
        try value.mapLeaves { leaf in
            guard let text = leaf.string else { return leaf }
            if text.hasPrefix("@"), let offset = Int64(text.dropFirst()) {
                return .number(Double(startMilliseconds + offset))
            }
            guard text.hasPrefix("$"), !isExpectation else { return leaf }
            guard let number = bound[text] else { throw ScenarioError("\(text) was not sent") }
            return number
        }
    }

    /// Objects may have more members than wanted; lists have exactly those items.
    private func match(_ actual: JSON, _ wanted: JSON, _ what: String) throws {
        let complaint = ScenarioError("\(what) should be \(wanted), is \(actual)")
        switch wanted {
        case .array(let items):
            guard case .array(let found) = actual, found.count == items.count else { throw complaint }
            for (index, item) in items.enumerated() { try match(found[index], item, "\(what)[\(index)]") }
        case .object(let members):
            guard case .object(let found) = actual else { throw complaint }
            for (key, item) in members { try match(found[key] ?? .null, item, "\(what).\(key)") }
        case .number(let number) where what.hasSuffix("distance_m"):
            guard let found = actual.double, abs(found - number) <= Self.distanceTolerance else { throw complaint }
        default: guard actual == wanted else { throw complaint }
        }
    }
}
