import Channels

/// A file of friendships: `user_a,user_b`.
struct Friendships {
    struct Pair: Hashable {
        let a: UserID
        let b: UserID
    }

    private(set) var pairs: [Pair] = []

    init(path: String) throws {
        var reader = try CSVReader(path: path, columns: ["user_a", "user_b"])
        while let row = try reader.next() {
            guard let a = UserID(row.fields[0]), let b = UserID(row.fields[1]) else {
                throw CSVError(path: path, line: row.line, reason: "no id of a user")
            }
            pairs.append(Pair(a: a, b: b))
        }
    }
}
