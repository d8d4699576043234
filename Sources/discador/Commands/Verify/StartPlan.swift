/// What happens to one start of a run.
struct StartPlan: Sendable {
    /// When the run is killed.
    struct Kill: Sendable {
        /// After this many further lines of the simulator's ledger.
        var lines: Int
        /// And then this long after the last of them.
        var delay: Duration
    }

    /// When the run is killed; nil lets it end normally.
    var kill: Kill?
    /// By how many bytes the database's files may still grow before the disk counts as full; nil means no limit.
    var room: Int?

    static let undisturbed = StartPlan()

    /// Draws at random what happens to the next start.
    ///
    /// Kills come at any time from before the process has opened the database, through its first requests and calls, to
    /// well into the run; disks fill up from the start's first write on.
    static func draw(_ rules: RoundRules, using random: inout some RandomNumberGenerator) -> StartPlan {
        if rules.fillsDisk, Int.random(in: 0..<6, using: &random) == 0 {
            return StartPlan(room: Int.random(in: 8...240, using: &random) << 10)
        }
        let kill =
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1:
                Kill(lines: 0, delay: .milliseconds(Int.random(in: 0...150, using: &random)))
            case 2:
                Kill(
                    lines: Int.random(in: 1...4, using: &random),
                    delay: .microseconds(Int.random(in: 0...20_000, using: &random)))
            default:
                Kill(
                    lines: Int.random(in: 4...(rules.isSlow ? 20 : 60), using: &random),
                    delay: .microseconds(Int.random(in: 0...15_000, using: &random)))
            }
        return StartPlan(kill: kill)
    }
}
