import { a as makeClient, i as inRepository, n as GitHubRefused, r as GitHubUnavailable, t as DEFAULT_API_URL } from "./client-GumYPKsh.js";

export { DEFAULT_API_URL, makeClient };