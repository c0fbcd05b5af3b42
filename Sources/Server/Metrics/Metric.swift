import ChannelBus

/// One metric with its samples, as Prometheus knows it.
///
/// Names, labels and their values are fixed when the server is compiled, numbers from a closed set, or names of servers
/// that whoever runs the service chose: nothing that a client sent can get into them.
struct Metric {
    enum Kind: String {
        case counter, gauge
    }

    struct Sample {
        let label: Label?
        let value: Value
    }

    struct Label {
        let name: StaticString
        let value: String

        init(_ name: StaticString, _ value: StaticString) {
            self.name = name
            self.value = "\(value)"
        }

        init(_ name: StaticString, _ value: some BinaryInteger) {
            self.name = name
            self.value = "\(value)"
        }

        /// Names of servers hold nothing that would have to be escaped.
        init(_ name: StaticString, _ server: BusServer) {
            self.name = name
            self.value = server.name
        }

        init(_ name: StaticString, _ value: ErrorCode) {
            self.name = name
            self.value = value.rawValue
        }
    }

    enum Value {
        case integer(Int64)
        case real(Double)
    }

    let name: StaticString
    let kind: Kind
    let help: StaticString
    let samples: [Sample]

    init(_ kind: Kind, _ name: StaticString, _ help: StaticString, samples: [Sample]) {
        self.kind = kind
        self.name = name
        self.help = help
        self.samples = samples
    }

    init(_ kind: Kind, _ name: StaticString, _ help: StaticString, _ value: some BinaryInteger) {
        self.init(kind, name, help, samples: [Sample(label: nil, value: .integer(Int64(clamping: value)))])
    }

    init(_ kind: Kind, _ name: StaticString, _ help: StaticString, _ value: Double) {
        self.init(kind, name, help, samples: [Sample(label: nil, value: .real(value))])
    }
}
