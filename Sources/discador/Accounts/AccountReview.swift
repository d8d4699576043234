import CampaignCore
import ZAPI

/// Asks Z-API about the accounts of a campaign's instances. Unless the campaign file says otherwise, it first has Z-API
/// keep no call while the phone is disconnected.
struct AccountReview: Sendable {
    let campaign: Campaign
    let client: ZAPIClient
    /// How many instances are asked at the same time.
    var maxConcurrent = 64

    private struct Entry: Sendable {
        var index: Int
        var answers: AccountAnswers
    }

    /// What Z-API answers about these instances, by their places in the campaign; one that does not answer does not delay
    /// the others.
    func answers(of indices: [Int]) async -> [Int: AccountAnswers] {
        await withTaskGroup(of: Entry.self) { group in
            var answers: [Int: AccountAnswers] = [:]
            for (number, index) in indices.enumerated() {
                if number >= maxConcurrent, let entry = await group.next() { answers[entry.index] = entry.answers }
                group.addTask { Entry(index: index, answers: await self.answers(of: index)) }
            }
            for await entry in group { answers[entry.index] = entry.answers }
            return answers
        }
    }

    private func answers(of index: Int) async -> AccountAnswers {
        let queue: Result<SettingOutcome, ProviderError>? =
            switch campaign.queueWhileDisconnected {
            case .allow: nil
            case .refuse: await keepNothing(index)
            }
        return AccountAnswers(
            queue: queue, account: await InstanceAccounts(client: client, count: 1).account(of: index))
    }

    private func keepNothing(_ index: Int) async -> Result<SettingOutcome, ProviderError> {
        do throws(ProviderError) {
            return .success(try await client.keepNothingWhileDisconnected(of: index))
        } catch {
            return .failure(error)
        }
    }
}
