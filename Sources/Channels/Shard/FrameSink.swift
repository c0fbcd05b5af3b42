/// Who turns what a session has to be told into a frame: the edge. Called on the shard's loop.
public protocol FrameSink: AnyObject {
    /// Encodes and sends one frame.
    ///
    /// Any call of the shard is allowed from here, closing this very session included, except
    /// ``Shard/tick(now:roster:)``.
    /// - Parameters:
    ///   - session: whose frame.
    ///   - items: what changed, those who are shown before those who are gone; valid during the call.
    ///   - total: how many friends are within the radius, if that is not what the client was told last.
    /// - Returns: whether the connection takes another frame right away. If not, nothing is handed
    ///   over until ``Shard/unblock(_:now:)``, which has to come after this call has returned.
    func deliver(to session: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool
}
