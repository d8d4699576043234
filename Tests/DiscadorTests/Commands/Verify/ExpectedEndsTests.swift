import CampaignCore
import Glibc
import Testing

@testable import discador

/// A verification that takes any end for right proves nothing.
@Suite(.fewAtATime) struct `The ends that verify expects` {
    @Test(arguments: [ProcessPlan.Role.run(["a"]), .start(["a"]), .serve([])])
    func `are those that nobody can avoid`(role: ProcessPlan.Role) {
        let undisturbed = ends(ProcessPlan(role: role), inRoundsWith: \.isQuiet)
        #expect(undisturbed.contains(.exited(0)))
        for code in [1, 2, 5, 64, 65, 69, 74] as [Int32] { #expect(!undisturbed.contains(.exited(code)), "\(code)") }
        #expect(!undisturbed.contains(.killed) && !undisturbed.contains(.crashed(signal: SIGILL)))
    }

    @Test func `are of the kind that a process can have`() {
        let run = ends(ProcessPlan(role: .run(["a"])), inRoundsWith: \.isQuiet)
        let serve = ends(ProcessPlan(role: .serve([])), inRoundsWith: \.isQuiet)
        #expect(run.contains(.exited(3)) && !serve.contains(.exited(3)))
        #expect(run.contains(.exited(130)) && !serve.contains(.exited(130)))
        #expect(!run.contains(.exited(75)) && !serve.contains(.exited(75)))
    }

    @Test func `include a run stopped by refusals, if it says so`() {
        let refused = ends(
            ProcessPlan(role: .run(["a"])), ["discador: no instance can be used: i1 refused 3 calls in a row"],
            inRoundsWith: \.isQuiet)
        #expect(refused.contains(.exited(4)))
        let contradicted = ends(
            ProcessPlan(role: .run(["a"])), ["discador: not dialed: … use i1 with another token"],
            inRoundsWith: \.isQuiet)
        #expect(!contradicted.contains(.exited(4)))
    }

    @Test func `include what the round does`() {
        let plan = ProcessPlan(role: .run(["a"]))
        #expect(ends(plan, inRoundsWith: \.hasPauses).contains(.exited(75)))
        #expect(ends(plan, inRoundsWith: \.fillsDisk).contains(.exited(74)))
        #expect(ends(plan, inRoundsWith: \.hasConcurrentCommands).contains(.exited(5)))
    }

    @Test func `include the signals that were sent`() {
        var plan = ProcessPlan(role: .serve([]))
        plan.signals = [(SIGHUP, .zero), (SIGKILL, .zero)]
        let ends = ends(plan, inRoundsWith: \.isQuiet)
        #expect(ends.contains(.killed) && ends.contains(.crashed(signal: SIGHUP)))
        #expect(!ends.contains(.crashed(signal: SIGINT)))
    }

    @Test func `takeovers are counted when a process that has waited holds the database`() {
        let state = RoundState(campaigns: ["a"], kills: 3)
        for process in [1, 2, 3] as [Int32] { state.begin(process) }
        // The first one was there first; 9 is an import.
        for holder in [1, 1, nil, 2, 9, 2, nil, 4] as [Int32?] { state.noteHolder(holder) }
        #expect(state.tally.takeovers == 1)
        state.end(2)
        state.noteHolder(3)
        #expect(state.tally.takeovers == 2)
    }

    private func ends(
        _ plan: ProcessPlan, _ stderr: [String] = [], inRoundsWith property: KeyPath<RoundRules, Bool>
    ) -> ExpectedEnds {
        ExpectedEnds(rules: RoundRules.first(where: property), plan: plan, stderr: stderr)
    }
}

extension RoundRules {
    /// Whether nothing happens in it but faults of Z-API and kills.
    fileprivate var isQuiet: Bool { !hasPauses && !fillsDisk && !hasConcurrentCommands }

    fileprivate static func first(where property: KeyPath<RoundRules, Bool>) -> RoundRules {
        var random = SplitMix64(seed: 1)
        while true {
            let rules = RoundRules(seed: 1, using: &random)
            if rules[keyPath: property] { return rules }
        }
    }
}
