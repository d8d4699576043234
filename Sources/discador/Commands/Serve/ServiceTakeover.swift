import CampaignCore
import CampaignStore
import Foundation

/// Takes the database for a service: a run that holds it hands over.
struct ServiceTakeover {
    private static let pause = Duration.milliseconds(50)
    /// A run drains first: its calls under way may take as long as a request may, and ring.
    private static let timeout = Duration.seconds(330)

    let options: GlobalOptions
    /// Hears how long transactions take.
    let latency: LatencyObserver

    /// - Returns: also what the process dialed that held the database before.
    func open() async throws -> (store: CampaignStore, handedOver: [DialRequest]) {
        var asked: Int32?
        var handedOver: [DialRequest] = []
        let since = SystemEnvironment.clock.now
        while true {
            switch openStore() {
            case .success(let store): return (store, handedOver)
            case .failure(let error):
                guard case .held = error else { throw error }
                guard since.duration(to: SystemEnvironment.clock.now) < Self.timeout else {
                    throw Failure.unresponsive(error, database: options.databasePath)
                }
                let holder = WriterLock.holder(ofDatabase: options.databasePath)?.pid
                // Once of each process: a terminal may have taken over from the one that was asked.
                guard holder == nil || holder != asked else { break }
                switch try await askToHandOver() {
                case .done(let outcome)?:
                    asked = holder
                    // A terminal that has taken over in between hands over what it dials itself, and no more.
                    let requests = (try? JSONDecoder().decode(HandOver.Outcome.self, from: outcome))?.requests ?? []
                    handedOver.removeAll { known in requests.contains { $0.campaign == known.campaign } }
                    handedOver += requests
                    options.output.note(
                        Phrase(
                            "The process that dialed hands over; waiting for its calls under way.",
                            "O processo que discava entrega o trabalho; aguardando as ligações em andamento dele."))
                case .failed(let failure)?: throw failure
                // It takes no requests, such as an import, or is about to end, or ended before it answered.
                case nil, .closing?, .update?:
                    guard since.duration(to: SystemEnvironment.clock.now) < .seconds(10) else {
                        throw Failure.unresponsive(error, database: options.databasePath)
                    }
                }
            }
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        }
    }

    /// Nil when nobody has answered, such as a process that was killed meanwhile. It does no harm to ask again.
    private func askToHandOver() async throws -> ControlResponse? {
        do {
            return try await ControlClient(database: options.databasePath).send { ControlRequest(HandOver()) }
        } catch let failure as Failure where failure.exit == .unexpected {
            return nil
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func openStore() -> Result<CampaignStore, StoreError> {
        Result { () throws(StoreError) in try options.openStore(for: RunLabel.service, latency: latency) }
    }
}
