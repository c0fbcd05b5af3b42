import Geo
import Testing

@testable import Strangers

@Suite struct CellInterestTests {
    private let cell = Geohash("dr5r")!
    private var interest = CellInterest()

    private mutating func changes() -> [Bool] {
        interest.take().map { change in
            #expect(change.cell == cell)
            return change.isWanted
        }
    }

    @Test mutating func onlyTheFirstInterestAndTheLastOneAreTold() {
        interest.add(cell)
        interest.add(cell)
        let first = changes()
        interest.remove(cell)
        let second = changes()
        interest.remove(cell)
        let third = changes()
        #expect(first == [true] && second == [] && third == [false])
    }

    @Test mutating func whatNobodyWantsIsNotLeft() {
        interest.remove(cell)
        interest.add(cell)
        interest.remove(cell)
        interest.remove(cell)
        interest.add(cell)
        let told = changes()
        #expect(told == [true, false, true])
    }
}
