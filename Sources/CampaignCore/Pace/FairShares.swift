/// Which campaign gets the next call of an instance that several share: of those that can take it now, the one that has
/// been served least for its share.
///
/// Each campaign has a *turn*: a point on a scale that all share, on which a call of a campaign with share s takes 1/s.
/// The earliest turn is served and moves on by 1/s. The scale's *present* is the last turn that was served; it never
/// moves back. This is start-time fair queueing (Goyal, Vin, Cheng, SIGCOMM 1996) with calls of equal size.
///
/// What follows from it, while a campaign competes, that is, is a candidate at every decision that is noted:
/// - Its turn is at the present or up to one of its calls ahead. Hence over any stretch in which two campaigns compete,
///   whoever else comes and goes: |n1/s1 − n2/s2| ≤ 1/s1 + 1/s2. In other words, of the calls that the two had
///   together, neither had more than one above or below its share.
/// - Of N campaigns that start together, each stays within (1 + w(N − 2))/2 calls of n × w, where w is its part of the
///   total share: within one call for up to three campaigns, for equal shares, and for each whose w is at most 1/(N − 2).
///   A larger one beside many small ones gets its calls in longer rows. Keeping that one within one call too would
///   cost the first promise: in general no order keeps both.
///
/// A campaign is *absent* from each decision at which it is not a candidate, whatever the reason. Turns that it missed
/// are lost: when it is back, its turn is at the present at the earliest. A turn ahead of the present is kept, so that
/// being absent now and then gains nothing; it is never more than one call ahead, even after any number of calls that
/// were made alone.
package struct FairShares: Sendable {
    /// A campaign that could take the next call.
    package struct Candidate: Hashable, Sendable {
        /// The number by which the caller knows it.
        package var campaign: Int
        /// Its part where campaigns share an instance, 1…1000.
        package var share: Int

        package init(campaign: Int, share: Int) {
            self.campaign = campaign
            self.share = share
        }
    }

    /// A point on the scale: units/share, so that a call always takes a whole number of units and nothing is ever
    /// rounded while campaigns compete.
    private struct Turn {
        var units: Int
        var share: Int

        /// Less than 2^61: units are kept below 2^51 (see ``limit``).
        static func < (one: Turn, other: Turn) -> Bool { one.units * other.share < other.units * one.share }
    }

    /// Units of a call.
    private static let call = 1 << 20
    /// Units of the present at a share of 1, from which on the scale is moved back to its beginning.
    private static let limit = 1 << 40
    private static let shares = 1...1000

    private var turns: [Int: Turn] = [:]
    private var present = Turn(units: 0, share: 1)

    package init() {}

    /// The campaign that gets the next call, among those that can take it now: with equal turns, the one with the lower
    /// number. Changes nothing.
    ///
    /// - Parameter candidates: not empty, each campaign once.
    package func next(among candidates: [Candidate]) -> Int {
        var best = candidates[0]
        guard candidates.count > 1 else { return best.campaign }
        var earliest = turn(of: best)
        for candidate in candidates.dropFirst() {
            let turn = turn(of: candidate)
            if turn < earliest || (!(earliest < turn) && candidate.campaign < best.campaign) {
                (best, earliest) = (candidate, turn)
            }
        }
        return best.campaign
    }

    /// A call has begun.
    ///
    /// - Parameters:
    ///   - campaign: that whose call it is.
    ///   - candidates: those that could have taken it; contains the campaign.
    package mutating func note(_ campaign: Int, among candidates: [Candidate]) {
        var earliest: Turn?
        for candidate in candidates {
            var turn = turn(of: candidate)
            if earliest.map({ turn < $0 }) ?? true { earliest = turn }
            if candidate.campaign == campaign { turn.units += Self.call }
            turns[candidate.campaign] = turn
        }
        present = earliest ?? present
        if present.units / present.share >= Self.limit { moveBack() }
    }

    /// The campaign has left for good; forget it.
    package mutating func remove(_ campaign: Int) {
        turns[campaign] = nil
    }

    /// The turn of a campaign that competes now.
    private func turn(of candidate: Candidate) -> Turn {
        let share = min(max(candidate.share, Self.shares.lowerBound), Self.shares.upperBound)
        guard let known = turns[candidate.campaign] else {
            // In the middle of its first call: in the long run neither a start before the others nor behind them.
            return Turn(units: units(share) + Self.call / 2, share: share)
        }
        // With another share than before, it is as many calls ahead as it was.
        let turn =
            known.share == share
            ? known
            : Turn(units: units(share) + max(0, known.units - units(known.share)), share: share)
        return turn < present ? Turn(units: units(share), share: share) : turn
    }

    /// The present in units of a share, rounded up.
    private func units(_ share: Int) -> Int {
        (present.units * share + present.share - 1) / present.share
    }

    /// Moves the scale back by a whole number for all shares, which changes no order. Turns long past are at its
    /// beginning then, which is past as well.
    private mutating func moveBack() {
        let distance = present.units / present.share
        present.units -= distance * present.share
        for (campaign, turn) in turns {
            turns[campaign]?.units = max(0, turn.units - distance * turn.share)
        }
    }
}
