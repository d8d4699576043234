import ArgumentParser
import CampaignCore

/// How many campaigns a service dials through how many instances, and for how long that is measured.
struct ServiceShape: ParsableArguments {
    @Option(help: "Campaigns that are dialed side by side.")
    var campaigns = 500

    @Option(help: "Instances that each campaign has for itself.")
    var instances = 4

    @Option(help: "How many campaigns share one more instance; 0 for none.")
    var sharing = 0

    @Option(help: "Seconds from one call of an instance to its next.")
    var pace = 8

    @Option(help: "Seconds that are measured, once all campaigns have joined and every instance has called.")
    var seconds = 60

    @Flag(help: "All instances call at the same moments, as they do after a window has opened.")
    var together = false

    @Flag(help: "Windows in each contact's local time, always open: each contact is asked about.")
    var gated = false

    func validate() throws {
        guard 1...10_000 ~= campaigns else { throw ValidationError("--campaigns takes a number from 1 to 10000.") }
        guard 1...64 ~= instances else { throw ValidationError("--instances takes a number from 1 to 64.") }
        guard 0...campaigns ~= sharing else {
            throw ValidationError("--sharing takes a number from 0 to that of the campaigns.")
        }
        guard 1...3600 ~= pace else { throw ValidationError("--pace takes a number from 1 to 3600.") }
        guard 1...86_400 ~= seconds else { throw ValidationError("--seconds takes a number from 1 to 86400.") }
    }

    /// The same as arguments, for another process.
    var arguments: [String] {
        [
            "--campaigns", "\(campaigns)", "--instances", "\(instances)", "--sharing", "\(sharing)", "--pace",
            "\(pace)", "--seconds", "\(seconds)",
        ] + (together ? ["--together"] : []) + (gated ? ["--gated"] : [])
    }

    /// From the beginning until each instance may call: all campaigns have joined by then.
    static let lead = Duration.seconds(15)

    /// All instances together.
    var allInstances: Int { campaigns * instances + (sharing > 0 ? (campaigns + sharing - 1) / sharing : 0) }

    /// Contacts for each campaign: twice as many as it can call.
    var contacts: Int { 2 * (instances + 1) * (4 + (seconds + 60) / pace) }

    /// How long after the beginning an instance may call for the first time, so that all of them are spread evenly over
    /// the time from one call to the next.
    func phase(_ instance: Int, of campaign: Int) -> Duration {
        let isShared = instance >= instances
        let number = isShared ? campaigns * instances + campaign / max(sharing, 1) : instance * campaigns + campaign
        return Self.lead + (together ? .zero : .seconds(pace) * number / allInstances)
    }

    func name(_ campaign: Int) -> String { "campaign-\(campaign)" }

    /// How many calls the paces let a campaign begin in the measured time, if those of a shared instance are shared
    /// equally.
    func expectedCalls(of campaign: Int) -> Double {
        var instances = Double(instances)
        if sharing > 0 {
            let first = campaign / sharing * sharing
            instances += 1 / Double(min(sharing, campaigns - first))
        }
        return instances * Double(seconds) / Double(pace)
    }

    /// A campaign as it is dialed against a simulator.
    func campaign(_ number: Int, baseURL: String) -> Campaign {
        var names = (0..<instances).map { "instance-\(number)-\($0)" }
        if sharing > 0 { names.append("shared-\(number / sharing)") }
        let instances = names.map { name in
            var instance = Instance(
                name: name, id: name, token: Secret("token-of-\(name)"), clientToken: Secret("client-token"))
            instance.baseURL = baseURL
            instance.pace = .every(Pace(calls: 1, per: .seconds(pace)))
            return instance
        }
        var campaign = Campaign(name: name(number), instances: instances)
        campaign.window =
            gated
            ? CallingWindow(
                zone: .contact, days: Set(CallingWindow.Day.allCases), fromMinute: 0, toMinute: 1440, holidays: [])
            : nil
        return campaign
    }
}

/// Lets every contact be called at once, but has to be asked.
struct OpenGate: ClaimGate {
    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? { nil }
}
