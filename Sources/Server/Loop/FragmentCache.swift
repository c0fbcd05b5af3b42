import Channels

/// The encoded states of channels: `"id":…,"lat":…,"lon":…,"ts":…,"distance_m":`, each made when it is
/// first needed and kept while the state lasts, so that a friend's position is turned into text once
/// a loop and not once a receiver. Owned by one event loop.
final class FragmentCache {
    /// Bytes of a fragment with its header; longer ones (ids of more than about 45 characters) are encoded anew each time.
    private static let stride = 128
    private static let headerSize = 8
    private static let pageSize = 1_024
    /// The most bytes that a fragment can have.
    static let maximumSize = 160

    private let users: UserTable
    /// Pages of `pageSize` slots: version (4 bytes), length (4 bytes), text.
    private var pages: ContiguousArray<UnsafeMutableRawPointer?> = []
    private var scratch: [UInt8] = []

    init(users: UserTable) { self.users = users }

    deinit {
        for page in pages { page?.deallocate() }
        outside.deallocate()
    }

    /// The fragment of a channel's state; valid until the next call.
    @inline(__always)
    func fragment(_ channel: UInt32, of shard: Shard) -> UnsafeRawBufferPointer {
        let state = shard.state(ofChannel: channel)
        let page = Int(channel) / Self.pageSize
        if page < pages.count, let base = pages[page] {
            let slot = base + Int(channel) % Self.pageSize * Self.stride
            let length = Int(slot.load(fromByteOffset: 4, as: UInt32.self))
            if length > 0, slot.load(as: UInt32.self) == state.version {
                return UnsafeRawBufferPointer(start: slot + Self.headerSize, count: length)
            }
        }
        return encode(state, channel: channel)
    }

    private func encode(_ state: ChannelState, channel: UInt32) -> UnsafeRawBufferPointer {
        let slot = slot(of: channel)
        scratch.removeAll(keepingCapacity: true)
        scratch.append(json: "\"id\":\"")
        scratch.append(contentsOf: users.id(of: state.user).string.utf8)
        scratch.append(json: "\",\"lat\":")
        scratch.append(degreesE7: state.coordinateE7.latitude)
        scratch.append(json: ",\"lon\":")
        scratch.append(degreesE7: state.coordinateE7.longitude)
        scratch.append(json: ",\"ts\":")
        scratch.append(integer: state.timestamp)
        scratch.append(json: ",\"distance_m\":")
        guard scratch.count <= Self.stride - Self.headerSize else { return keepOutside(slot) }
        slot.storeBytes(of: state.version, as: UInt32.self)
        slot.storeBytes(of: UInt32(scratch.count), toByteOffset: 4, as: UInt32.self)
        (slot + Self.headerSize).copyMemory(from: scratch, byteCount: scratch.count)
        return UnsafeRawBufferPointer(start: slot + Self.headerSize, count: scratch.count)
    }

    /// Where a fragment stands that is too long to be kept.
    private let outside = UnsafeMutableRawBufferPointer.allocate(
        byteCount: FragmentCache.maximumSize, alignment: 8)

    private func keepOutside(_ slot: UnsafeMutableRawPointer) -> UnsafeRawBufferPointer {
        slot.storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
        outside.copyBytes(from: scratch)
        return UnsafeRawBufferPointer(rebasing: outside[..<scratch.count])
    }

    private func slot(of channel: UInt32) -> UnsafeMutableRawPointer {
        let page = Int(channel) / Self.pageSize
        if page >= pages.count {
            pages.append(contentsOf: repeatElement(nil, count: page + 1 - pages.count))
        }
        if pages[page] == nil {
            let size = Self.pageSize * Self.stride
            let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
            memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            pages[page] = memory
        }
        return pages[page]! + Int(channel) % Self.pageSize * Self.stride
    }
}
