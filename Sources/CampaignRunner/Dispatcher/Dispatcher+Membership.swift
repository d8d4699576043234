import CampaignCore
import Logging

/// How campaigns join the dispatcher and leave it.
extension Dispatcher {
    /// How calls and checks reach an instance: through the client of a campaign that uses it.
    struct Endpoint: Sendable {
        let provider: any CallProvider
        let queue: (any ProviderQueue)?
        /// The instance's place in that campaign's list.
        let place: Int
    }

    /// A campaign joins between two transactions; everything that has ended before is on disk, unless the store fails.
    func join(_ request: JoinRequest, _ session: inout Session, group: inout DiscardingTaskGroup) async {
        let dialed = request.dialed
        if session.isClosed || session.state.storeFailure != nil {
            return request.continuation.resume(
                returning: .success(RunReport(end: .drained, counts: StateCounts())))
        }
        let contradictions = session.state.contradictions(with: dialed.campaign)
        guard contradictions.isEmpty else {
            return request.continuation.resume(
                returning: .success(RunReport(end: .contradicts(contradictions), counts: StateCounts())))
        }
        let number = session.state.freeNumber
        let numbers = session.state.numbers(for: dialed.campaign.instances)
        let start = RunStart(
            campaign: dialed.campaign, number: number, instanceNumbers: numbers, follows: dialed.options.follows,
            canary: dialed.options.canary, now: dependencies.now(), uptime: dependencies.uptime())
        do throws(StoreError) {
            let snapshot = try await store.begin(start)
            dependencies.logger.info(
                "run started",
                metadata: [
                    "campaign": "\(dialed.campaign.name)", "ready": "\(snapshot.counts.ready)",
                    "interrupted": "\(snapshot.interrupted)", "unspooled": "\(snapshot.unspooled)",
                ])
            let moment = RunMoment(
                elapsed: session.start.duration(to: dependencies.clock.now), wall: start.now, limit: start.now,
                uptime: start.uptime)
            session.state.join(dialed, as: number, through: numbers, snapshot, at: moment)
            let (orders, continuation) = AsyncStream.makeStream(of: CallOrder.self)
            session.members[number] = Member(request, continuation, through: numbers)
            for (place, instance) in numbers.enumerated() {
                session.endpoints[instance] = Endpoint(
                    provider: dialed.provider, queue: dialed.providerQueue, place: place)
            }
            group.addTask { await self.carryOut(orders, of: number, dialed) }
        } catch {
            request.continuation.resume(returning: .failure(error))
        }
    }

    /// A campaign whose run is over leaves.
    func leave(_ number: Int, _ session: inout Session) async {
        guard let campaign = session.state.campaigns[number], let end = campaign.end,
            let member = session.members.removeValue(forKey: number)
        else { return }
        session.state.remove(number)
        member.orders.finish()
        let departure = RunDeparture(
            campaign: number, staysActive: campaign.staysActive, reason: member.dialed.reason(end),
            at: dependencies.now())
        do throws(StoreError) {
            try await store.leave(departure)
        } catch {
            // It stays active in the database: whoever dials next goes on with it.
            dependencies.logger.error("the end of a run cannot be written", metadata: ["reason": "\(error)"])
        }
        dependencies.logger.info(
            "run ended",
            metadata: ["campaign": "\(member.dialed.campaign.name)", "accepted": "\(campaign.counts.accepted)"])
        member.request.continuation.resume(
            returning: .success(RunReport(end: end, counts: campaign.counts, staysActive: campaign.staysActive)))
    }

    /// The way to an instance with the credentials that it has now.
    func endpoint(of instance: Int, preferring campaign: Int? = nil, _ session: Session) -> Endpoint? {
        if let campaign, let own = endpoint(of: instance, through: campaign, session) { return own }
        for user in session.state.instances[instance].users.reversed() {
            if let endpoint = endpoint(of: instance, through: user, session) { return endpoint }
        }
        return session.endpoints[instance]
    }

    /// Nil when the campaign has other credentials.
    private func endpoint(of instance: Int, through number: Int, _ session: Session) -> Endpoint? {
        guard let member = session.members[number], let place = member.places[instance],
            member.request.dialed.campaign.instances[place].hasCredentials(
                of: session.state.instances[instance].instance)
        else { return nil }
        return Endpoint(
            provider: member.request.dialed.provider, queue: member.request.dialed.providerQueue, place: place)
    }
}

extension Instance {
    /// Whether it is reached in the same way as another description of the same instance.
    func hasCredentials(of other: Instance) -> Bool {
        token == other.token && clientToken == other.clientToken && baseURL == other.baseURL
    }
}
