import CampaignCore
import Synchronization

@testable import discador

/// A provider queue that behaves as the test says.
final class ScriptedProviderQueue: ClearableProviderQueue {
    struct Script {
        /// The answers to the question whether it sends nothing, in order; after them it is always yes.
        var isSilent: [Bool] = []
        /// The results of reading it, in order; nil, and everything after them: what it holds.
        var readings: [ProviderError?] = []
        /// The errors of removing an item, by its id.
        var errors: [String: ProviderError] = [:]
        /// The ids of items that stay although their removal succeeded.
        var stays: Set<String> = []
        /// Whether an item goes although its removal ended with an error.
        var goesDespiteErrors = false
        fileprivate var items: [ProviderQueueItem] = []
        fileprivate var asked: [String] = []
    }

    private let script: Mutex<Script>

    init(_ items: [InstanceQueue.Item]) {
        var script = Script()
        script.items = items.map(\.call)
        self.script = Mutex(script)
    }

    var left: [ProviderQueueItem] { script.withLock(\.items) }
    var asked: [String] { script.withLock(\.asked) }

    func change(_ body: (inout Script) -> Void) {
        script.withLock { body(&$0) }
    }

    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] {
        let (error, items) = script.withLock { script in
            (script.readings.isEmpty ? nil : script.readings.removeFirst(), script.items)
        }
        if let error { throw error }
        return items
    }

    func remove(_ zaapId: String, of instance: Int) async throws(ProviderError) {
        let error = script.withLock { script in
            script.asked.append(zaapId)
            let error = script.errors[zaapId]
            if !script.stays.contains(zaapId), error == nil || script.goesDespiteErrors {
                script.items.removeAll { $0.zaapId == zaapId }
            }
            return error
        }
        if let error { throw error }
    }

    func sendsNothing(from instance: Int) async -> Bool {
        script.withLock { $0.isSilent.isEmpty ? true : $0.isSilent.removeFirst() }
    }
}
