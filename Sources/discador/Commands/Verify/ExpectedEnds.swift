import Glibc

/// Which ends of a process are right, whatever the others do at the same time.
struct ExpectedEnds {
    let rules: RoundRules
    let plan: ProcessPlan
    let stderr: [String]

    func contains(_ end: RunProcess.End) -> Bool {
        switch end {
        case .killed: plan.isKilled
        // It obeys signals only once it has begun.
        case .crashed(let signal):
            plan.signals.contains { $0.signal == signal } || (plan.isService && signal == SIGTERM)
        case .exited(let code): ExitStatus(rawValue: code).map(contains) ?? false
        }
    }

    private func contains(_ status: ExitStatus) -> Bool {
        switch status {
        case .success: true
        case .finishedWithFailures: dials
        // Several refusals in a row, or instances that have lost their phones, can be all that an instance has to say.
        case .stopped: dials && says("no instance can be used")
        // The process that dialed was killed before it had answered.
        case .unexpected: starts && says("it is not known whether it dials")
        // By a command that takes no requests, such as an import that found no run to serve it.
        case .held: rules.hasConcurrentCommands
        // Its own disk, or that of the process that dials for it.
        case .disk: rules.fillsDisk
        case .notNow: starts || (dials && rules.hasPauses)
        case .interrupted: dials
        case .usage, .badInput, .unreachable: false
        }
    }

    private var dials: Bool {
        if case .run = plan.role { true } else { false }
    }

    private var starts: Bool {
        if case .start = plan.role { true } else { false }
    }

    private func says(_ text: String) -> Bool { stderr.contains { $0.contains(text) } }
}
