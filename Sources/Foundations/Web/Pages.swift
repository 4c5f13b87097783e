import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import People
import Values

/// Turns pages into answers: HTML by their templates, JSON when the request asks for it.
package struct Pages: Sendable {
    private let library: MustacheLibrary
    private let appearance: Appearance

    /// What is the same on all pages.
    package struct Appearance: Sendable {
        /// The name of the public body, as its staff and customers know it.
        let body: String
        let links: [Link]
        /// Where scripts and styles are, with the fingerprint that lets browsers keep them.
        let assets: String

        package init(body: String, links: [Link], assets: String) {
            self.body = body
            self.links = links
            self.assets = assets
        }
    }

    /// Reads every template below these folders.
    ///
    /// - Throws: `TemplateFault` that names the file and the line which cannot be understood.
    package init(templates folders: [URL], appearance: Appearance) throws {
        var templates: [String: MustacheTemplate] = [:]
        for folder in folders {
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            for file in files where file.pathExtension == "mustache" {
                let name = file.deletingPathExtension().lastPathComponent
                guard templates[name] == nil else { throw TemplateFault.twoOf(name) }
                do {
                    templates[name] = try MustacheTemplate(string: String(contentsOf: file, encoding: .utf8))
                } catch let error as MustacheTemplate.ParserError {
                    throw TemplateFault.unreadable(file.path, line: error.context.lineNumber, "\(error.error)")
                }
            }
        }
        library = MustacheLibrary(templates: templates)
        self.appearance = appearance
    }

    /// The page as HTML, or as JSON when the request prefers that.
    package func answer(
        _ page: some Page, to request: Request, in context: AppContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        if request.prefersJSON { return try .json(page.record, status: status) }
        return try html(page, to: request, in: context, status: status)
    }

    /// The page as HTML.
    package func html<Shown: Page>(
        _ page: Shown, to request: Request, in context: AppContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var values = try TemplateValues.dictionary(of: page)
        values["site"] = site(for: request, in: context)
        guard let text = library.render(values, withTemplate: Shown.template) else {
            throw TemplateFault.missing(Shown.template)
        }
        var response = Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
        if request.cookies[Notice.cookie] != nil { response.setCookie(Notice.spent) }
        return response
    }

    private func site(for request: Request, in context: AppContext) -> [String: Any] {
        var site: [String: Any] = [
            "body": appearance.body, "assets": appearance.assets, "requestId": context.requestID,
            "isEmbedded": request.uri.queryParameters["embedded"] != nil,
        ]
        if let notice = request.cookies[Notice.cookie]?.value, let sentence = Notice(rawValue: notice)?.sentence {
            site["notice"] = sentence
        }
        guard let signedIn = context.signedIn else { return site }
        let person = signedIn.person
        site["csrf"] = signedIn.formToken
        site["person"] = ["name": person.name, "initials": person.initials]
        let path = request.uri.path
        site["nav"] = appearance.links.filter { link in link.permission.map(person.may) ?? true }.map { link in
            [
                "label": link.label, "address": link.address,
                "isCurrent": path == link.address || path.hasPrefix(link.address + "/"),
            ] as [String: Any]
        }
        return site
    }
}

/// A template that is missing or cannot be read: a mistake of ours, found at start-up or in a test.
package enum TemplateFault: Error, CustomStringConvertible {
    case missing(String)
    case twoOf(String)
    case unreadable(String, line: Int, String)

    package var description: String {
        switch self {
        case .missing(let name): "There is no template \(name).mustache."
        case .twoOf(let name): "Two features have a template \(name).mustache; its name must be unique."
        case .unreadable(let path, let line, let reason): "\(path), line \(line): \(reason)"
        }
    }
}

extension Person {
    /// The first letters of the first and last name.
    fileprivate var initials: String {
        let words = name.split(separator: " ")
        return [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first.map(String.init) }.joined()
    }
}
