import Testing

@testable import CampaignRunner

@Suite struct `Workers that several instances share` {
    struct Case: Sendable, CustomTestStringConvertible {
        var workers: Int
        /// Calls under way, by instance.
        var inFlight: [Int]
        /// What each will need; nil is all that it wants.
        var needs: [Int]?
        /// The most calls that each may come to have under way.
        var wants: [Int]
        var mayTake: [Bool]
        var testDescription: String { "\(workers) workers, \(inFlight) under way, \(wants) wanted" }
    }

    static let cases = [
        // One instance has all workers, even while another can begin nothing.
        Case(workers: 8, inFlight: [7], wants: [99], mayTake: [true]),
        Case(workers: 8, inFlight: [8], wants: [99], mayTake: [false]),
        Case(workers: 64, inFlight: [63, 0], wants: [99, 0], mayTake: [true, false]),
        // Workers held by one that can begin nothing more are not there for the others.
        Case(workers: 8, inFlight: [4, 4], wants: [99, 4], mayTake: [false, false]),
        Case(workers: 8, inFlight: [2, 4, 0], wants: [99, 4, 99], mayTake: [false, false, true]),
        // Two that want all they can get have half each.
        Case(workers: 8, inFlight: [3, 0], wants: [99, 99], mayTake: [true, true]),
        Case(workers: 8, inFlight: [4, 0], wants: [99, 99], mayTake: [false, true]),
        Case(workers: 8, inFlight: [4, 3], wants: [99, 99], mayTake: [false, true]),
        Case(workers: 64, inFlight: [32, 31], wants: [99, 99], mayTake: [false, true]),
        // One that holds more than its share, because it was alone, takes nothing before the others have theirs.
        Case(workers: 8, inFlight: [6, 0], wants: [99, 99], mayTake: [false, true]),
        Case(workers: 8, inFlight: [6, 1], wants: [99, 99], mayTake: [false, true]),
        // What one does not want goes to the others.
        Case(workers: 8, inFlight: [6, 0], wants: [99, 1], mayTake: [true, true]),
        Case(workers: 8, inFlight: [7, 0], wants: [99, 1], mayTake: [false, true]),
        Case(workers: 9, inFlight: [4, 3, 1], wants: [99, 99, 1], mayTake: [false, true, false]),
        // What one needs comes before what another could use besides.
        Case(workers: 16, inFlight: [10, 3, 2], needs: [1, 4, 2], wants: [11, 4, 3], mayTake: [false, true, false]),
        Case(workers: 8, inFlight: [4, 1], needs: [6, 1], wants: [6, 2], mayTake: [true, true]),
        Case(workers: 8, inFlight: [6, 1], needs: [6, 1], wants: [7, 2], mayTake: [false, true]),
        // One that took more while another needed less takes nothing from those that need no more than an even share.
        Case(
            workers: 6, inFlight: [0, 1, 3], needs: [30, 2, 16], wants: [30, 2, 16], mayTake: [true, true, false]),
        Case(
            workers: 6, inFlight: [1, 1, 3], needs: [30, 2, 16], wants: [30, 2, 16], mayTake: [false, true, false]),
        Case(
            workers: 6, inFlight: [1, 2, 2], needs: [30, 2, 16], wants: [30, 3, 16], mayTake: [true, false, false]),
        // What is left over when all have their shares is for anyone.
        Case(workers: 64, inFlight: [21, 21, 21], wants: [99, 99, 99], mayTake: [true, true, true]),
        Case(workers: 64, inFlight: [21, 21, 20], wants: [99, 99, 99], mayTake: [true, true, true]),
        Case(workers: 64, inFlight: [22, 21, 20], wants: [99, 99, 99], mayTake: [false, false, true]),
        // Fewer workers than instances: none has a second one while another has none.
        Case(workers: 1, inFlight: [0, 0], wants: [99, 99], mayTake: [true, true]),
        Case(workers: 2, inFlight: [1, 0, 0], wants: [99, 99, 99], mayTake: [false, true, true]),
        Case(workers: 2, inFlight: [1, 0, 0], wants: [99, 0, 0], mayTake: [true, false, false]),
    ]

    @Test(arguments: cases)
    func `are reserved for those that need them`(_ shared: Case) {
        let shares = WorkerShares(
            workers: shared.workers,
            shared.inFlight.indices.map {
                WorkerShares.Claim(
                    inFlight: shared.inFlight[$0], needs: (shared.needs ?? shared.wants)[$0], wants: shared.wants[$0])
            })
        #expect(shared.inFlight.indices.map(shares.mayTake) == shared.mayTake)
    }

    @Test func `are all in use or not wanted, and evenly shared, in whatever order they are taken`() {
        var random = Random(seed: 7)
        for _ in 0..<3000 {
            let workers = 1 + random.below(20)
            var claims = (0..<1 + random.below(6)).map { _ in
                let wants = random.below(24)
                return WorkerShares.Claim(inFlight: 0, needs: min(wants, 1 + random.below(24)), wants: wants)
            }
            let wanting = claims.count { $0.wants > 0 }
            while true {
                let shares = WorkerShares(workers: workers, claims)
                let takers = claims.indices.filter(shares.mayTake)
                if takers.isEmpty { break }
                claims[takers[random.below(takers.count)]].inFlight += 1
            }
            let (held, wanted) = (claims.reduce(0) { $0 + $1.inFlight }, claims.reduce(0) { $0 + $1.wants })
            #expect(held == min(workers, wanted), "\(workers) workers, \(claims)")
            for claim in claims {
                #expect(claim.inFlight >= min(claim.needs, workers / max(wanting, 1)), "\(workers) workers, \(claims)")
                #expect(workers >= wanting || claim.inFlight <= 1, "\(workers) workers, \(claims)")
            }
        }
    }
}
