import CampaignCore
import ZAPISimulator

/// People who write that they do not want to be called, perhaps just before it is their turn.
struct OptOutsBeside: Sendable {
    /// Of how many people one writes, so that most are called.
    private static let peoplePerOptOut = 12

    let simulator: ZAPISimulator
    let instances: [String]
    let phones: [String]
    let seed: UInt64

    /// Runs until they have all written, or it is cancelled.
    func play() async {
        var random = SplitMix64(seed: seed)
        let words = [Disposition.stop, Disposition.phrase]
        let number = max(1, phones.count / Self.peoplePerOptOut)
        for phone in phones.shuffled(using: &random).prefix(number) {
            let pause = Duration.milliseconds(Int.random(in: 50...600, using: &random))
            guard (try? await SystemEnvironment.clock.sleep(for: pause)) != nil,
                let instance = instances.randomElement(using: &random), let word = words.randomElement(using: &random)
            else { return }
            simulator.receive(word, from: phone, to: instance)
        }
    }
}
