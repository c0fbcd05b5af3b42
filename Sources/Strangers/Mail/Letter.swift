/// What the roles tell each other. A letter to another shard becomes one `Record`.
enum Letter: Equatable {
    case opening(Opening)
    case closing(Closing)
    case movement(Movement)
    case ownMovement(Movement)
    case suspension(Suspension)
    case ownSuspension(Suspension)
    case claim(Claim)
    case retraction(Retraction)
    case minuteOfClaim(MinuteChange)
    case placement(Placement)
    case minute(MinuteChange)
    case withdrawal(Withdrawal)
    case verdict(Verdict)
    case presence(UInt32, Presence)
    case rollCall(RollCall)
    case sweep(CellSweep)
}
