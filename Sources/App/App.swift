import AsyncHTTPClient
import Hummingbird
@main struct App { static func main() {} }
