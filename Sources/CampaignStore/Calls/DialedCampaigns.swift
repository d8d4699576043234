import CampaignCore
import Synchronization

/// The campaigns that are being dialed, and which rows the caller's numbers for them and for their instances mean.
///
/// A campaign joins with `begin` and leaves with `leave`; then its number is free. An instance's number keeps its
/// meaning.
final class DialedCampaigns: Sendable {
    /// The most results that space is reserved for: 32 MB. The space of one result holds the longest error text; few
    /// have any, so that several times as many results fit.
    private static let mostResults = 16_384

    private struct State {
        /// The campaigns that have joined, including those that are not in `numbers` yet, by the caller's number.
        var joined: [Int: Reservation] = [:]
        /// Z-API's id of each instance, by the caller's number.
        var instances: [Int: String] = [:]
        /// Nil until the first campaign has begun.
        var numbers: CallerNumbers?
    }

    private struct Reservation {
        var name: String
        var workers: Int
        /// The numbers of instances that had none before.
        var newInstances: [Int]
    }

    private let state = Mutex(State())

    /// Reserves the numbers of a campaign that is about to begin.
    ///
    /// - Throws: ``NumberConflict``; then nothing has changed.
    func join(_ start: RunStart) throws(NumberConflict) {
        try state.withLock { state throws(NumberConflict) in
            guard state.joined[start.number] == nil else { throw .campaignNumberInUse(start.number) }
            guard !state.joined.values.contains(where: { $0.name == start.campaign }) else {
                throw .alreadyDialed(start.campaign)
            }
            guard start.instanceNumbers.count == start.instances.count else { throw .numbersMissing(start.campaign) }
            var instances = state.instances
            var newInstances: [Int] = []
            for (number, instance) in zip(start.instanceNumbers, start.instances) {
                guard instances[number, default: instance.id] == instance.id else {
                    throw .instanceNumberInUse(number)
                }
                if instances.updateValue(instance.id, forKey: number) == nil { newInstances.append(number) }
            }
            state.instances = instances
            state.joined[start.number] = Reservation(
                name: start.campaign, workers: start.workers, newInstances: newInstances)
        }
    }

    /// Enters a campaign that has joined and begun.
    func enter(_ campaign: DialedCampaign, _ number: Int, store: String, boot: String) {
        state.withLock { state in
            var numbers = state.numbers ?? CallerNumbers(store: store, boot: boot)
            numbers.campaigns[number] = campaign
            numbers.instances.merge(campaign.instances) { $1 }
            state.numbers = numbers
        }
    }

    /// A campaign that has joined cannot begin: its numbers, and those of instances that no other has used, are free.
    func withdraw(_ number: Int) {
        state.withLock { state in
            for instance in state.joined[number]?.newInstances ?? [] { state.instances[instance] = nil }
            state.joined[number] = nil
        }
    }

    /// Frees a campaign's number.
    func leave(_ number: Int) {
        state.withLock { state in
            state.joined[number] = nil
            state.numbers?.campaigns[number] = nil
        }
    }

    /// What the numbers mean now; nil until the first campaign has begun.
    var numbers: CallerNumbers? { state.withLock { $0.numbers } }

    /// The campaigns being dialed.
    var campaigns: [DialedCampaign] { numbers.map { Array($0.campaigns.values) } ?? [] }

    /// Their row ids.
    var rows: [Int64] { campaigns.map(\.row) }

    /// How many results may have to be spooled.
    var results: Int {
        state.withLock { state in min(state.joined.values.reduce(0) { $0 + $1.workers }, Self.mostResults) }
    }
}

/// A campaign that is being dialed.
final class DialedCampaign: Sendable {
    let row: Int64
    /// The row ids of its instances, by the caller's number.
    let instances: [Int: Int64]
    /// Seconds that a call rings, for contacts without their own duration.
    let callDuration: Int
    /// How far the review of the contacts has come that an earlier run deferred.
    let review = Mutex(DeferralReview())
    /// How often one person may be called; nil means that this is not limited.
    let perPerson: PersonLimit?
    /// How far the review of the calls has come that were not answered while nobody dialed.
    let redialReview: Mutex<RedialReview>

    init(row: Int64, instances: [Int: Int64], _ start: RunStart, _ redials: RedialReview) {
        self.row = row
        self.instances = instances
        callDuration = start.callDuration
        perPerson = start.perPerson
        redialReview = Mutex(redials)
    }

    /// A transaction that has gone on with the reviews is on disk.
    func note(_ writing: CampaignWrite) {
        if let reviewed = writing.review { review.withLock { $0 = reviewed } }
        redialReview.withLock { $0 = writing.redialReview }
    }
}

/// What the caller's numbers mean at some moment.
struct CallerNumbers {
    var campaigns: [Int: DialedCampaign] = [:]
    /// The row ids of all instances that had a number so far.
    var instances: [Int: Int64] = [:]
    /// The database's own name.
    var store: String
    /// Identifies the machine's current boot.
    var boot: String

    init(store: String, boot: String) {
        self.store = store
        self.boot = boot
    }

    func campaign(_ number: Int) throws(NumberConflict) -> DialedCampaign {
        guard let campaign = campaigns[number] else { throw .unknownCampaign(number) }
        return campaign
    }

    func instance(_ number: Int) throws(NumberConflict) -> Int64 {
        guard let row = instances[number] else { throw .unknownInstance(number) }
        return row
    }
}

/// A mistake of the caller with its numbers.
enum NumberConflict: Error, Explained {
    case campaignNumberInUse(Int)
    case instanceNumberInUse(Int)
    case alreadyDialed(String)
    case numbersMissing(String)
    case unknownCampaign(Int)
    case unknownInstance(Int)

    var phrase: Phrase {
        switch self {
        case .campaignNumberInUse(let number):
            Phrase("campaign number \(number) is in use", "o número de campanha \(number) está em uso")
        case .instanceNumberInUse(let number):
            Phrase(
                "instance number \(number) is in use for another instance",
                "o número de instância \(number) está em uso para outra instância")
        case .alreadyDialed(let name): Phrase("\(name) is being dialed already", "\(name) já está sendo discada")
        case .numbersMissing(let name):
            Phrase(
                "the instances of \(name) and their numbers are not equally many",
                "as instâncias de \(name) e os números delas não são em mesma quantidade")
        case .unknownCampaign(let number):
            Phrase(
                "no campaign that is being dialed has the number \(number)",
                "nenhuma campanha sendo discada tem o número \(number)")
        case .unknownInstance(let number):
            Phrase(
                "no instance of the campaign has the number \(number)",
                "nenhuma instância da campanha tem o número \(number)")
        }
    }
}
