import CampaignCore
import CampaignRunner

extension RunEnd {
    /// One word for machines.
    var word: String {
        switch self {
        case .finished: "finished"
        case .drained: "drained"
        case .halted: "halted"
        case .braked: "braked"
        case .misconfigured: "misconfigured"
        case .unreachable: "unreachable"
        case .queueFailed: "database_failed"
        }
    }

    /// What a person must know about it; nil when all is well.
    func explanation(campaign: String) -> String? {
        switch self {
        case .finished:
            nil
        case .drained:
            "stopped; nothing was left under way. `discador run \(campaign)` goes on."
        case .halted:
            "stopped at once; calls that were under way are in doubt: see `discador doubts \(campaign)`."
        case .braked(let reason):
            "stopped by the brake: \(reason). Look into it, then `discador run \(campaign)` goes on."
        case .misconfigured(let lines):
            "no instance can be used: \(lines.joined(separator: "; ")). "
                + "Correct it, try `discador check \(campaign)`, then run again; nobody was harmed."
        case .unreachable(let lines):
            "Z-API cannot be reached: \(lines.joined(separator: "; ")). "
                + "Check the network and baseURL, then run again; nobody was called."
        case .queueFailed(let error, let unkept):
            "\(error)"
                + (unkept.isEmpty
                    ? " The results at hand are kept beside it and are taken in at the next start."
                    : " These results could not be kept anywhere, note them down: "
                        + unkept.map { "contact \($0.attempt.contact) zaapId \($0.receipt?.zaapId ?? "none")" }
                        .joined(separator: ", "))
        }
    }
}
