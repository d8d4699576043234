import CampaignCore
import CampaignRunner
import CampaignStore
import Synchronization

/// Asks the process that holds the database to dial campaigns, and hears how they go on until the last has ended.
struct RunCampaigns: StoreConversation {
    enum Update: Codable, Sendable {
        case progress(String, RunProgress)
        case note(Phrase)
        /// What a person should know about the instances of a campaign.
        case warning(Phrase)
        case ended(String, DialEnd)
    }

    typealias Signal = StopMode

    /// How each campaign ended; without those that were only started.
    typealias Outcome = [String: DialEnd]

    static let name = "run"

    /// How often the client hears about a campaign at most.
    private static let interval = Duration.milliseconds(200)

    var requests: [DialRequest]
    /// Whether the command that asks only wants them started.
    var isDetached: Bool

    var label: String { RunLabel.running(requests.map(\.campaign)) }

    func perform(
        in context: OperationContext, signals: AsyncStream<StopMode>,
        update: @Sendable (Update) async throws -> Void
    ) async throws -> Outcome {
        guard let dialing = context.dialing else {
            throw Failure(
                .held,
                Phrase(
                    "the process that holds the database dials no campaigns: wait for it to end.",
                    "o processo que está com o banco de dados não disca campanhas: espere ele terminar."))
        }
        for request in requests where await dialing.isOutdated(request) {
            try await update(
                .note(
                    Phrase(
                        "\(request.campaign) is being dialed as its file and its variables were when that began; what has "
                            + "changed since applies from its next run on: stop it, then start it again.",
                        "\(request.campaign) está sendo discada como seu arquivo e suas variáveis eram no começo; o que "
                            + "mudou desde então vale a partir da próxima execução: pare, e inicie de novo.")))
        }
        guard Set(requests.map(\.campaign)).count == requests.count, !requests.isEmpty else {
            throw Failure(
                .usage,
                Phrase(
                    "A request names each campaign once, and at least one.",
                    "Um pedido diz o nome de cada campanha uma só vez, e de pelo menos uma."))
        }
        guard !isDetached else { return await start(dialing) }
        return try await watch(dialing, signals, update)
    }

    private func start(_ dialing: DialingSession) async -> Outcome {
        var outcome: Outcome = [:]
        for request in requests {
            if let end = await dialing.start(request) { outcome[request.campaign] = end }
        }
        return outcome
    }

    /// What the client is to be told about.
    private enum News {
        /// It is time to send what has changed.
        case tick
        case warning(Phrase)
        case ended(String, DialEnd)
    }

    private func watch(
        _ dialing: DialingSession, _ signals: AsyncStream<StopMode>, _ update: (Update) async throws -> Void
    ) async throws -> Outcome {
        let latest = LatestProgress()
        let requestedStop = RequestedStop()
        let names = requests.map(\.campaign)
        let (news, sink) = AsyncStream.makeStream(of: News.self)
        return try await withThrowingDiscardingTaskGroup { group in
            for request in requests {
                group.addTask {
                    let end = await dialing.dial(request) {
                        latest.note($0, of: request.campaign)
                    } onWarning: {
                        sink.yield(.warning($0))
                    } unless: {
                        requestedStop.mode.withLock(\.self)
                    }
                    sink.yield(.ended(request.campaign, end))
                }
            }
            group.addTask {
                for await mode in signals {
                    requestedStop.mode.withLock { $0 = mode }
                    await dialing.stop(mode, names)
                }
                // Its client is gone, and has not asked for an end.
                if !Task.isCancelled, requestedStop.mode.withLock({ $0 == nil }) { await dialing.detach(names) }
            }
            group.addTask {
                while (try? await SystemEnvironment.clock.sleep(for: Self.interval)) != nil {
                    // Not one more for each tick that a client is too slow for.
                    if latest.isNews() { sink.yield(.tick) }
                }
            }
            defer { group.cancelAll() }
            var outcome: Outcome = [:]
            for await next in news {
                for (name, progress) in latest.take() { try await update(.progress(name, progress)) }
                switch next {
                case .tick: break
                case .warning(let text): try await update(.warning(text))
                case .ended(let campaign, let end):
                    outcome[campaign] = end
                    try await update(.ended(campaign, end))
                }
                if outcome.count == requests.count { break }
            }
            return outcome
        }
    }
}

/// What a client has asked for last.
private final class RequestedStop: Sendable {
    let mode = Mutex<StopMode?>(nil)
}

/// The latest progress of campaigns that a client has not been told yet.
private final class LatestProgress: Sendable {
    private struct State {
        var news: [String: RunProgress] = [:]
        /// Whether somebody was told about the news.
        var isAnnounced = false
    }

    private let state = Mutex(State())

    func note(_ progress: RunProgress, of campaign: String) { state.withLock { $0.news[campaign] = progress } }

    /// Whether there are any that nobody was told about; they are announced now.
    func isNews() -> Bool {
        state.withLock { state in
            guard !state.news.isEmpty, !state.isAnnounced else { return false }
            state.isAnnounced = true
            return true
        }
    }

    func take() -> [String: RunProgress] {
        state.withLock { state in
            defer { state = State() }
            return state.news
        }
    }
}
