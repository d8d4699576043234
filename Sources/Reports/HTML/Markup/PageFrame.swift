import CampaignCore
import Markup

/// What every page begins and ends with.
enum PageFrame {
    static func open(_ html: inout HTMLBuilder, title: String, language: Language) {
        html.append("<!DOCTYPE html>\n")
        html.open("html", ["lang": language.rawValue])
        html.element("head") { head in
            head.void("meta", ["charset": "utf-8"])
            head.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
            // Nothing in the file may load or run anything, whatever a cell of a list contains.
            head.void(
                "meta",
                [
                    "http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'",
                ])
            head.void("meta", ["name": "robots", "content": "noindex"])
            head.element("title", text: title)
            head.element("style") { $0.append(PageStyle.css) }
        }
        html.open("body")
        html.open("main")
    }

    static func close(_ html: inout HTMLBuilder) {
        html.close("main")
        html.close("body")
        html.close("html")
    }
}
