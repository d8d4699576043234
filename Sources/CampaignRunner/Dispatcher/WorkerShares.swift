/// How the workers of a campaign are shared among its instances, so that one whose calls take long leaves the others
/// what they need.
///
/// First come those that need no more than an even share of all workers: they have that whatever the others hold. Then each
/// gets what it needs, or an even share of what there is; then, evenly again, what it could use besides. What one leaves
/// is the others'. Whoever holds more than its share, since others needed less, takes nothing until they have as much or
/// want no more: meanwhile those go short that need more than an even share.
struct WorkerShares: Equatable {
    /// What an instance holds and may come to need.
    struct Claim: Equatable {
        /// Its calls under way.
        var inFlight: Int
        /// The calls that it will have under way if its replies come as they have come so far.
        var needs: Int
        /// The most calls for which workers are kept; not more than `inFlight` while it can begin none.
        var wants: Int

        /// The workers that it lacks yet, if it needs no more than an even share.
        func promised(of even: Int) -> Int { needs <= even ? max(0, min(needs, wants) - inFlight) : 0 }
    }

    private let claims: [Claim]
    private let free: Int
    /// An even share of all workers.
    private let even: Int
    /// How many of the free ones are kept for those that need no more than that.
    private let promised: Int
    private let needed: EvenShare
    private let wanted: EvenShare

    /// - Parameters:
    ///   - workers: how many calls may be under way at once.
    ///   - claims: all instances, also those that hold workers and can begin nothing more.
    init(workers: Int, _ claims: [Claim]) {
        self.claims = claims
        free = workers - claims.reduce(0) { $0 + $1.inFlight }
        let even = workers / max(1, claims.count { $0.wants > 0 || $0.inFlight > 0 })
        self.even = even
        promised = claims.reduce(0) { $0 + $1.promised(of: even) }
        needed = EvenShare(of: workers, among: claims.map { ($0.inFlight, min($0.needs, $0.wants)) })
        wanted = EvenShare(of: workers, among: claims.map { ($0.inFlight, $0.wants) })
    }

    /// Whether an instance may take a worker now.
    func mayTake(_ instance: Int) -> Bool {
        let claim = claims[instance]
        guard free > 0, claim.wants > claim.inFlight else { return false }
        if claim.promised(of: even) > 0 { return true }
        guard free > promised else { return false }
        if claim.inFlight < min(claim.needs, needed.size) { return true }
        guard free > needed.kept else { return false }
        // What is over is less than one for each that wants it: nobody has two.
        return claim.inFlight < wanted.size || claim.inFlight == wanted.size && free > wanted.kept
    }
}

/// The largest share that all can have who want as much. What somebody holds already beyond it cannot be taken away.
private struct EvenShare: Equatable {
    /// How many workers. It is one at least: where there are fewer workers than instances, nobody has a second one while
    /// another has none.
    let size: Int
    /// How many workers are free for those that have not got their share yet.
    let kept: Int

    init(of workers: Int, among claims: [(holds: Int, wants: Int)]) {
        func missing(to size: Int) -> Int { claims.reduce(0) { $0 + max(0, min($1.wants, size) - $1.holds) } }
        let held = claims.reduce(0) { $0 + $1.holds }
        var (least, most) = (1, max(workers, 1))
        while least < most {
            let size = (least + most + 1) / 2
            if held + missing(to: size) <= workers { least = size } else { most = size - 1 }
        }
        size = least
        kept = missing(to: least)
    }
}
