import Friends

/// What others are told about a user, and the durable number that pseudonyms are made from.
struct Person: Sendable {
    let number: Int64
    /// The user's epoch when the stores said all this.
    let epoch: UInt32
    /// `"name":…,"avatar_url":…,` ready to stand in an object.
    let profileJSON: [UInt8]

    init(_ user: User) {
        number = user.number
        epoch = user.epoch
        var json: [UInt8] = []
        json.append(json: "\"name\":")
        json.append(string: user.name)
        json.append(json: ",\"avatar_url\":")
        if let avatar = user.avatarURL { json.append(string: avatar) } else { json.append(json: "null") }
        json.append(json: ",")
        profileJSON = json
    }
}
