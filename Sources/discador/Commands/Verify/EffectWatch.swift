import CampaignCore
import CampaignStore

/// Looks at what is known of calls and people again and again while they are dialed: it may only grow.
struct EffectWatch {
    /// What was seen.
    struct Tally: Sendable {
        var looks = 0
        /// Times that less was known of a call or person than before.
        var movedBack = 0
    }

    private static let pause = Duration.milliseconds(200)

    let database: String
    let campaigns: [String]

    /// Looks until it is cancelled, and then once more.
    func play() async -> Tally {
        var tally = Tally()
        var known: (calls: [CallsOfRound.Key: CallFacts.Standing], people: [String: PeopleOfRound.Effects]) = ([:], [:])
        repeat {
            // A process may just be replacing the files.
            guard let (calls, people) = try? look() else { continue }
            tally.looks += 1
            tally.movedBack += calls.behind(known.calls) + people.behind(known.people)
            known = (calls.standings, people.effects)
        } while (try? await SystemEnvironment.clock.sleep(for: Self.pause)) != nil
        return tally
    }

    private func look() throws -> (CallsOfRound, PeopleOfRound) {
        let reader = try StoreReader(path: database)
        return (try CallsOfRound(reader, campaigns: campaigns), try PeopleOfRound(reader, campaigns: campaigns))
    }
}
