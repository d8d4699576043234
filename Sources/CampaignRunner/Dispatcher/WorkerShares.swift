/// Divides the workers of a campaign among its instances, so that one whose calls take long leaves the others what they
/// need.
///
/// Instances that need no more than an equal share of all workers come first: they get what they need, whatever the
/// others hold. Then each of the others gets what it needs, or an equal share of the rest; then, equally again, what it
/// could use in addition. What one does not use goes to the others. An instance that holds more than its share, because
/// others needed less, gets nothing until they have as much or want no more; until then, those that need more than an
/// equal share have too few.
struct WorkerShares: Equatable {
    /// The workers that an instance holds and may need.
    struct Claim: Equatable {
        var inFlight: Int
        /// The number of calls that it will have under way if replies keep taking as long as they have so far.
        var needs: Int
        /// The number of calls for which workers are reserved at most; not more than `inFlight` while it can begin
        /// none.
        var wants: Int

        /// The workers that it still lacks, if it needs no more than an equal share.
        func reserve(of even: Int) -> Int { needs <= even ? max(0, min(needs, wants) - inFlight) : 0 }
    }

    private let claims: [Claim]
    private let free: Int
    /// An equal share of all workers.
    private let even: Int
    /// How many of the free workers are reserved for instances that need no more than that.
    private let reserved: Int
    private let needed: EvenShare
    private let wanted: EvenShare

    /// - Parameters:
    ///   - workers: the maximum number of calls under way at the same time.
    ///   - claims: of all instances, including those that hold workers and can begin nothing more.
    init(workers: Int, _ claims: [Claim]) {
        self.claims = claims
        free = workers - claims.reduce(0) { $0 + $1.inFlight }
        let even = workers / max(1, claims.count { $0.wants > 0 || $0.inFlight > 0 })
        self.even = even
        reserved = claims.reduce(0) { $0 + $1.reserve(of: even) }
        needed = EvenShare(of: workers, among: claims.map { ($0.inFlight, min($0.needs, $0.wants)) })
        wanted = EvenShare(of: workers, among: claims.map { ($0.inFlight, $0.wants) })
    }

    /// Whether an instance may take a worker now.
    func mayTake(_ instance: Int) -> Bool {
        let claim = claims[instance]
        guard free > 0, claim.wants > claim.inFlight else { return false }
        if claim.reserve(of: even) > 0 { return true }
        guard free > reserved else { return false }
        if claim.inFlight < min(claim.needs, needed.size) { return true }
        guard free > needed.reserved else { return false }
        // Fewer workers are left over than instances that want one: none gets two.
        return claim.inFlight < wanted.size || claim.inFlight == wanted.size && free > wanted.reserved
    }
}

/// The largest share that every instance that wants as much can have. Workers that an instance already holds beyond it
/// cannot be taken away.
private struct EvenShare: Equatable {
    /// How many workers; at least one. If there are fewer workers than instances, no instance gets a second one while
    /// another has none.
    let size: Int
    /// How many free workers are reserved for instances that do not have their share yet.
    let reserved: Int

    init(of workers: Int, among claims: [(holds: Int, wants: Int)]) {
        func missing(to size: Int) -> Int { claims.reduce(0) { $0 + max(0, min($1.wants, size) - $1.holds) } }
        let held = claims.reduce(0) { $0 + $1.holds }
        var (least, greatest) = (1, max(workers, 1))
        while least < greatest {
            let size = (least + greatest + 1) / 2
            if held + missing(to: size) <= workers { least = size } else { greatest = size - 1 }
        }
        size = least
        reserved = missing(to: least)
    }
}
