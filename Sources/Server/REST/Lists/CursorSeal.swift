import Channels
import Crypto

/// Makes cursors that only this server (or another one with the same secret) can read and make: what is in
/// one may stand in a URL and in other people's logs, and cannot be altered.
///
/// Each list of each user has its own key, so a cursor is good for nothing else, and no key is used often
/// enough for random nonces to meet.
struct CursorSeal: Sendable {
    /// The kinds of lists.
    enum List: String {
        case friends, requests = "friend-requests", nearby, history, reports
    }

    private let secret: SymmetricKey

    init(secret: Secret) {
        self.secret = SymmetricKey(data: secret.bytes)
    }

    func seal(_ place: [UInt8], in list: List, of user: UserID?) -> String {
        // Sealing fails only for a nonce that is not AES-GCM's, and a new one is made here.
        let box = try! AES.GCM.seal(place, using: key(list, user))
        return String(decoding: Base64URL.encode(box.combined!), as: UTF8.self)
    }

    /// Throws ``Problem/badCursor`` for anything that ``seal(_:in:of:)`` did not make for this list.
    func open(_ cursor: String, in list: List, of user: UserID?) throws(Problem) -> [UInt8] {
        guard cursor.utf8.count <= Limits.cursorLength, let sealed = Base64URL.decode(cursor.utf8),
            let box = try? AES.GCM.SealedBox(combined: sealed),
            let place = try? AES.GCM.open(box, using: key(list, user))
        else { throw .badCursor }
        return Array(place)
    }

    private func key(_ list: List, _ user: UserID?) -> SymmetricKey {
        let purpose = "nearby cursor 1 \(list.rawValue) \(user?.string ?? "")"
        return HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Array(purpose.utf8), outputByteCount: 32)
    }
}
