import CampaignCore

/// What webhooks change for the campaigns and instances that are being dialed. Others are of no concern here.
extension DispatcherState {
    /// Takes note of what an event has changed; that is on disk.
    ///
    /// - Parameter id: Z-API's id of the instance that it came from.
    mutating func note(_ effect: EventEffect, ofInstance id: String, at moment: RunMoment) {
        switch effect {
        case .contactsChanged(let campaign):
            guard let number = number(ofCampaign: campaign) else { return }
            campaigns[number]?.noteContactsChanged(at: moment.elapsed)
            noteNews(of: number)
        case .deliveryFailed(let campaign, let failure):
            let number = number(ofCampaign: campaign)
            let policy = number.flatMap { campaigns[$0]?.campaign.retry } ?? RetryPolicy()
            change(instance: id) { $0.note(failure, policy, at: moment) }
            guard let number else { return }
            campaigns[number]?.note(failure, at: moment.elapsed)
            noteNews(of: number)
        case .disconnected: change(instance: id) { $0.noteSaidDisconnected(at: moment) }
        case .connected: change(instance: id) { $0.noteSaidConnected(at: moment) }
        case .quarantined(let until, let reason):
            change(instance: id) { $0.rest(until: until, because: reason, at: moment) }
        // Calls to these people are held back when they are about to leave, and the store claims no others.
        case .mustNotBeCalled, .optedOut, .registrationCodeRequested: break
        }
    }

    /// A person has decided that an instance need not rest any longer.
    mutating func release(instance id: String, at moment: RunMoment) {
        change(instance: id) { $0.release(at: moment) }
    }

    private mutating func change(instance id: String, _ change: (inout InstanceState) -> Void) {
        guard let number = number(ofInstance: id) else { return }
        change(&instances[number])
        noteNews(ofInstance: number)
    }

    private func number(ofCampaign name: String) -> Int? {
        members.first { campaigns[$0]?.campaign.name == name }
    }
}
