import Geo

/// What one would write first: a dictionary from user to subscribers, a distance for each, and a message
/// for each delivery in the receiver's queue. To compare with.
final class NaiveFanOut {
    private struct Message {
        let user: String
        let coordinate: Coordinate
        let timestamp: Int64
        let metres: Double
    }

    private final class Receiver {
        let coordinate: Coordinate
        var queue: [Message] = []

        init(_ coordinate: Coordinate) { self.coordinate = coordinate }
    }

    private let crowd: Crowd
    private let places: Places
    private var random = SeededRandom(seed: 1)
    private var receivers: [Receiver] = []
    private var subscribers: [String: [Receiver]] = [:]
    private var sent: [Message] = []

    init(_ crowd: Crowd) {
        self.crowd = crowd
        places = Places(towns: crowd.towns)
        let strides = crowd.strides(&random)
        for person in 0..<crowd.people {
            let receiver = Receiver(places.random(for: person, &random))
            receivers.append(receiver)
            for sender in crowd.senders(of: person, strides: strides) {
                subscribers["sender-\(sender)", default: []].append(receiver)
            }
        }
    }

    /// Nanoseconds a delivery.
    func fanOut(batch: Int) -> Double {
        let moves = (0..<crowd.publications).map { _ in
            let person = Int.random(in: 0..<crowd.people, using: &random)
            return (name: "sender-\(person)", coordinate: places.random(for: person, &random))
        }
        var deliveries = 0
        let begin = CPUTime.thread()
        for (i, move) in moves.enumerated() {
            publish(move.name, move.coordinate, timestamp: Int64(i))
            if (i + 1) % batch == 0 { deliveries += flush() }
        }
        deliveries += flush()
        return (CPUTime.thread() - begin) / Double(deliveries)
    }

    private var waiting: [Receiver] = []

    private func publish(_ name: String, _ coordinate: Coordinate, timestamp: Int64) {
        for receiver in subscribers[name] ?? [] {
            let metres = receiver.coordinate.distance(to: coordinate)
            guard metres <= Places.radius.metres else { continue }
            if receiver.queue.isEmpty { waiting.append(receiver) }
            receiver.queue.append(
                Message(user: name, coordinate: coordinate, timestamp: timestamp, metres: metres))
        }
    }

    private func flush() -> Int {
        var count = 0
        for receiver in waiting {
            for message in receiver.queue {
                sent.append(message)
                count += 1
            }
            receiver.queue.removeAll(keepingCapacity: true)
            sent.removeAll(keepingCapacity: true)
        }
        waiting.removeAll(keepingCapacity: true)
        return count
    }
}
