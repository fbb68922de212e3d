#include <bits/stdc++.h>
using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, m;
    cin >> n >> m;
    vector<vector<pair<int, long long>>> edges(n);
    for (int i = 0; i < m; i++) {
        int a, b;
        long long w;
        cin >> a >> b >> w;
        edges[a].push_back({b, w});
        edges[b].push_back({a, w});
    }
    const long long far = numeric_limits<long long>::max();
    vector<long long> distance(n, far);
    priority_queue<pair<long long, int>, vector<pair<long long, int>>, greater<>> queue;
    distance[0] = 0;
    queue.push({0, 0});
    while (!queue.empty()) {
        auto [d, v] = queue.top();
        queue.pop();
        if (d > distance[v]) continue;
        for (auto [to, w] : edges[v]) {
            if (d + w < distance[to]) {
                distance[to] = d + w;
                queue.push({distance[to], to});
            }
        }
    }
    for (int v = 0; v < n; v++) cout << (distance[v] == far ? -1 : distance[v]) << " \n"[v == n - 1];
}
